#!/usr/bin/env bash
# Restart Mantel's processes one after the other, so that nobody is without one: each first takes no new work (its health
# says so and nginx sends people to the other), then stops, then must be ready before the next one's turn.
set -euo pipefail

wait_ready() {
    for _ in $(seq 120); do
        if curl_ready "$1"; then return; fi
        sleep 0.5
    done
    echo "The process at port $1 did not become ready; see journalctl -u mantel@$1" >&2
    exit 1
}
curl_ready() {
    /opt/mantel/current/.venv/bin/python - "$1" <<'END'
import sys, urllib.request
try:
    urllib.request.urlopen(f"http://127.0.0.1:{sys.argv[1]}/health/ready", timeout=2)
except OSError:
    sys.exit(1)
END
}

for port in 8501 8502; do
    if systemctl is-active --quiet "mantel@$port"; then
        systemctl kill --signal=USR1 --kill-whom=main "mantel@$port"
        sleep 3
    fi
    systemctl restart "mantel@$port"
    wait_ready "$port"
done
