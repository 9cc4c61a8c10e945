#!/usr/bin/env bash
# Try deploy/install.sh on a bare Debian (debootstrap) as far as a root without systemd goes: install, install again,
# both processes behind nginx, a backup, and its way back into an empty database. As root: "make installation".
set -euo pipefail
suite=${1:-bookworm} name=mantel.example.test
here=$(cd "$(dirname "$0")/../.." && pwd)
root=$(mktemp -d)
chmod 755 "$root"  # its own users must get in
inside() { chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 "$@"; }
clean() {
    inside bash -c 'nginx -s stop; pg_lsclusters -h | while read -r v c _; do pg_ctlcluster $v $c stop -m immediate; done' >/dev/null 2>&1 || true
    for process in /proc/[0-9]*; do
        [ "$(readlink "$process/root" 2>/dev/null)" != "$root" ] || kill -9 "${process#/proc/}" 2>/dev/null || true
    done
    for folder in "${mounted[@]}"; do umount -l "$root$folder" 2>/dev/null || true; done
    rm -rf --one-file-system "$root"
}
mounted=()
trap clean EXIT

[ "$(id -u)" -eq 0 ] || { echo "This needs root: it makes a root of its own." >&2; exit 1; }
command -v debootstrap >/dev/null || apt-get install -y debootstrap >/dev/null
echo "a bare Debian $suite"
debootstrap --variant=minbase "$suite" "$root" >/dev/null
for folder in /proc /sys /dev; do mount --bind "$folder" "$root$folder"; mounted+=("$folder"); done
cp /etc/resolv.conf /etc/hosts "$root/etc/"
# A mirror and an authority of this machine's own, where it has them.
for file in /etc/pip.conf /etc/xdg/pip /usr/local/share/ca-certificates; do
    [ ! -e "$file" ] || { mkdir -p "$root$(dirname "$file")" && cp -r "$file" "$root$(dirname "$file")/"; }
done
for folder in $(sed -n 's|.*file://\(/[^ ]*\).*|\1|p; s|^find-links *= *\(/.*\)|\1|p' /etc/pip.conf 2>/dev/null | xargs -rn1 | sort -u); do
    mkdir -p "$root$folder" && mount --bind "$folder" "$root$folder" && mounted+=("$folder")
done
inside apt-get update -qq && inside apt-get install -y -qq ca-certificates >/dev/null
inside update-ca-certificates >/dev/null
git -C "$here" archive --prefix=root/mantel/ HEAD | tar -C "$root" -xf -

start=$(date +%s)
inside env PIP_CERT=/etc/ssl/certs/ca-certificates.crt /root/mantel/deploy/install.sh --name $name | tee "$root/root/first.log"
echo "installed in $(($(date +%s) - start)) s"
inside /root/mantel/deploy/install.sh --name $name >"$root/root/second.log"
! grep -q '^doing' "$root/root/second.log" || { echo "A second run did something:"; cat "$root/root/second.log"; exit 1; }
inside /root/mantel/deploy/install.sh --name $name --check | grep -qx 'Nothing would change.'
echo "a second run changes nothing"

# An update turns the link and keeps the release before it; a certificate that does not fit is refused.
before=$(readlink "$root/opt/mantel/current")
echo "another version" >>"$root/root/mantel/README.md"
inside /root/mantel/deploy/install.sh --name $name >"$root/root/third.log"
[ "$(readlink "$root/opt/mantel/current")" != "$before" ] && [ -d "$root$before" ]
inside openssl req -x509 -newkey rsa:2048 -nodes -days 9 -subj /CN=$name -addext subjectAltName=DNS:$name -keyout /root/own.key -out /root/own.crt 2>/dev/null
inside openssl genrsa -out /root/other.key 2048 2>/dev/null
! inside /root/mantel/deploy/install.sh --name $name --certificate /root/own.crt --key /root/other.key 2>"$root/root/fourth.log"
grep -q 'does not belong' "$root/root/fourth.log"
! inside /root/mantel/deploy/install.sh --name other.example.test --certificate /root/own.crt --key /root/own.key 2>"$root/root/fifth.log"
grep -q 'is not for other.example.test' "$root/root/fifth.log"
inside openssl verify -CAfile /etc/mantel/tls/ca.crt -verify_hostname $name /etc/mantel/tls/server.crt >/dev/null
inside /root/mantel/deploy/install.sh --name other.example.test >"$root/root/sixth.log"
inside openssl verify -CAfile /etc/mantel/tls/ca.crt -verify_hostname other.example.test /etc/mantel/tls/server.crt >/dev/null
inside /root/mantel/deploy/install.sh --name $name >"$root/root/seventh.log"
inside openssl verify -CAfile /etc/mantel/tls/ca.crt -verify_hostname $name /etc/mantel/tls/server.crt >/dev/null
echo "an update keeps the release before it; certificates that do not fit are refused; a name can be changed"

cat >"$root/root/use.sh" <<'END'
set -euo pipefail
cd /opt/mantel/current; set -a; . /etc/mantel/mantel.env; set +a; umask 077
core() { /usr/local/sbin/mantel "$@"; }
for port in 8501 8502; do
    runuser -u mantel -- /opt/mantel/current/.venv/bin/streamlit run app.py --server.address 127.0.0.1 --server.port $port >/root/$port.log 2>&1 &
done
nginx
/opt/mantel/current/.venv/bin/python - "$1" <<'PYTHON'
import http.client, json, socket, ssl, sys, time, urllib.request
for port in (8501, 8502):
    for _ in range(240):
        try:
            told = json.load(urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=2)); break
        except OSError:
            time.sleep(0.5)
    print("process", port, told)
context = ssl.create_default_context(cafile="/etc/mantel/tls/ca.crt")
link = http.client.HTTPSConnection(sys.argv[1], 443, context=context)
link.sock = context.wrap_socket(socket.create_connection(("127.0.0.1", 443)), server_hostname=sys.argv[1])
link.request("GET", "/sign-in")
answer = link.getresponse()
assert answer.status == 200 and b"Kata sandi" in answer.read(), answer.status
print("https answers, its certificate is trusted by its authority")
PYTHON
core user add budi --role member --full-name "Budi Contoh" >/dev/null
core backup /var/backups/mantel
start=$(date +%s)
for process in /proc/[0-9]*; do tr '\0' ' ' <$process/cmdline 2>/dev/null | grep -q 'streamlit run' && kill -9 ${process#/proc/} || true; done
sleep 1
cd /
runuser -u postgres -- dropdb mantel
runuser -u postgres -- createdb -O mantel mantel
cd /opt/mantel/current
core restore "$(ls -t /var/backups/mantel/*.age | head -n 1)"
core audit verify
core audit list --event account:added
core health
echo "back from the backup in $(($(date +%s) - start)) s"
END
inside bash /root/use.sh $name
echo "done"
