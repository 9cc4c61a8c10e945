#!/usr/bin/env bash
# Make the virtual environment $1 with the Python $2. Debian keeps venv in a package of its own:
# it is installed when this user may, otherwise the sentence says what to install.
set -euo pipefail
folder=$1 python=$2

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "Mantel needs Python 3.11 or later; $python is $("$python" -V 2>&1)." >&2
    exit 1
}
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y python3-venv >/dev/null
    elif sudo -n true 2>/dev/null && command -v apt-get >/dev/null; then
        sudo apt-get update -qq && sudo DEBIAN_FRONTEND=noninteractive apt-get install -y python3-venv >/dev/null
    else
        echo "Python cannot make virtual environments here; please install the package python3-venv." >&2
        exit 1
    fi
fi
"$python" -m venv "$folder"
