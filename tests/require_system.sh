#!/usr/bin/env bash
# What the tests need from the system: Chromium, PostgreSQL's server, nginx, LibreOffice Calc and Writer, qpdf, poppler, and the library
# that Playwright's driver is linked to.
# Installs what is missing when it may; otherwise says what to install. Never skips silently.
set -euo pipefail

missing=()
command -v chromium-headless-shell >/dev/null || missing+=(chromium-headless-shell)
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
command -v nginx >/dev/null || missing+=(nginx-light)
command -v openssl >/dev/null || missing+=(openssl)
command -v systemd-analyze >/dev/null || missing+=(systemd)
command -v soffice >/dev/null || missing+=(libreoffice-calc-nogui)
compgen -G '/usr/lib/libreoffice/program/libswlo.so' >/dev/null || missing+=(libreoffice-writer-nogui)
command -v qpdf >/dev/null || missing+=(qpdf)
command -v pdftotext >/dev/null || missing+=(poppler-utils)
compgen -G '/usr/lib/*/libatomic.so.1' >/dev/null || missing+=(libatomic1)
[ ${#missing[@]} -eq 0 ] && exit 0

install=(env DEBIAN_FRONTEND=noninteractive apt-get install -y "${missing[@]}")
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && "${install[@]}" >/dev/null
elif sudo -n true 2>/dev/null && command -v apt-get >/dev/null; then
    sudo apt-get update -qq && sudo "${install[@]}" >/dev/null
else
    echo "The tests need these packages; please install them: ${missing[*]}" >&2
    exit 1
fi
