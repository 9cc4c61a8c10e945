#!/usr/bin/env bash
# Install Mantel for an office on Debian 12 or 13, as root, from this checkout. A second run changes nothing;
# the same command from a newer checkout updates. See docs/deployment.md.
#
#   deploy/install.sh --name mantel.example.go.id [--certificate FILE --key FILE] [--check]
#
# --check tells what would be done and changes nothing.
set -euo pipefail

name='' certificate='' key='' check=0
while [ $# -gt 0 ]; do
    case $1 in
        --name) name=${2:-}; shift 2 ;;
        --certificate) certificate=${2:-}; shift 2 ;;
        --key) key=${2:-}; shift 2 ;;
        --check) check=1; shift ;;
        --help | -h) sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 0 ;;
        *) echo "“$1” is not an option; expected --name, --certificate, --key, --check." >&2; exit 2 ;;
    esac
done

say() { printf '%s\n' "$*"; }
stop() { printf '%s\n' "$*" >&2; exit 1; }

source_folder=$(cd "$(dirname "$0")/.." && pwd)
home=/opt/mantel code=/opt/mantel/current data=/var/lib/mantel settings=/etc/mantel backups=/var/backups/mantel
ports=(8501 8502)

[ "$(id -u)" -eq 0 ] || stop "Please run this as root."
[ -n "$name" ] || stop "Please give the name that people type: --name mantel.example.go.id"
[[ $name =~ ^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$ ]] || stop "“$name” is not a host name; expected small letters, digits, dots and dashes."
[[ ! $name =~ ^[0-9.]+$ ]] || stop "“$name” is an address; expected a name, e.g. mantel.example.go.id"
[ -z "$certificate" ] || { [ -r "$certificate" ] && [ -r "$key" ]; } || stop "The certificate or its key cannot be read; expected --certificate FILE --key FILE."
# A certificate that nginx or the members' browsers would refuse never takes the place of a good one.
check_certificate() {
    openssl x509 -in "$certificate" -noout 2>/dev/null || stop "“$certificate” is no certificate in PEM."
    openssl pkey -in "$key" -noout 2>/dev/null || stop "“$key” is no private key in PEM, or needs a passphrase."
    [ "$(openssl x509 -in "$certificate" -noout -pubkey)" = "$(openssl pkey -in "$key" -pubout)" ] ||
        stop "The key “$key” does not belong to the certificate “$certificate”."
    openssl x509 -in "$certificate" -noout -checkhost "$name" | grep 'does match' >/dev/null ||
        stop "The certificate “$certificate” is not for $name."
    openssl x509 -in "$certificate" -noout -checkend 0 >/dev/null || stop "The certificate “$certificate” has expired."
}
. /etc/os-release 2>/dev/null || true
case "${ID:-}:${VERSION_ID:-}" in
    debian:12 | debian:13) ;;
    *) stop "This is ${PRETTY_NAME:-an unknown system}; expected Debian 12 or 13." ;;
esac

[ -z "$certificate" ] || ! command -v openssl >/dev/null || check_certificate

changed=0
# step WHAT TEST ACTION: where the test fails, the action is done, or with --check only told.
step() {
    if "$2" >/dev/null 2>&1; then
        say "ok       $1"
    elif [ $check -eq 1 ]; then
        say "to do    $1"
        changed=1
    else
        say "doing    $1"
        "$3"
        "$2" >/dev/null 2>&1 || stop "This did not succeed: $1"
        changed=1
    fi
}
has_systemd() { [ -d /run/systemd/system ]; }
as_mantel() { (cd "$release" && set -a && . "$settings/mantel.env" && set +a && umask 077 && exec runuser -u mantel -- "$@"); }
as_postgres() { (cd / && exec runuser -u postgres -- "$@"); }

# --- packages ---------------------------------------------------------------------------------------------------------
packages=(python3 python3-venv nginx-light postgresql postgresql-client openssl ca-certificates)
has_packages() { dpkg -s "${packages[@]}" 2>/dev/null | grep -c '^Status: install ok installed' | grep -qx "${#packages[@]}"; }
add_packages() { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null; }
step "Debian packages: ${packages[*]}" has_packages add_packages

# --- user and folders -------------------------------------------------------------------------------------------------
has_user() { id -u mantel; }
add_user() { adduser --system --group --quiet --home "$data" --no-create-home --shell /usr/sbin/nologin mantel; }
step "user mantel, without a shell" has_user add_user

has_folders() {
    [ "$(stat -c %U:%a "$data")" = mantel:700 ] && [ "$(stat -c %U:%a "$backups")" = mantel:700 ] &&
        [ "$(stat -c %U:%a "$settings")" = root:755 ]
}
add_folders() {
    install -d -o mantel -g mantel -m 700 "$data" "$backups"
    install -d -o root -g root -m 755 "$settings"
}
step "folders $data, $backups, $settings" has_folders add_folders

# --- code -------------------------------------------------------------------------------------------------------------
# A release is a folder of its own, and "current" a link to the one in use: what runs keeps its code and its packages until
# it is restarted, and an update that breaks off has changed nothing.
parts=(app.py core pages data deploy docs .streamlit requirements.txt requirements-oidc.txt constraints.txt README.md CHANGELOG.md)
digest_of() {
    (cd "$1" && find "${parts[@]}" -path data/local -prune -o -name __pycache__ -prune -o -type f -print0 |
        LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16)
}
release=$home/releases/$(digest_of "$source_folder")
# With an identity provider (docs/deployment.md) one package more.
lists=(requirements.txt)
[ ! -e "$settings/secrets.toml" ] || lists+=(requirements-oidc.txt)
environment=$home/environments/$(cd "$source_folder" && cat constraints.txt "${lists[@]}" | sha256sum | cut -c1-16)

has_environment() { [ -e "$environment/.complete" ]; }
add_environment() {
    install -d -o root -g root -m 755 "$home" "$home/environments"
    rm -rf "$environment"  # what broke off is begun again
    "$source_folder/deploy/make_environment.sh" "$environment" python3
    "$environment/bin/pip" install --quiet --disable-pip-version-check --no-warn-script-location "${lists[@]/#/-r$source_folder/}"
    chmod -R go=rX "$environment"
    touch "$environment/.complete"
}
step "Python packages in $environment" has_environment add_environment

has_code() { [ "$(readlink "$release/.venv")" = "$environment" ] && [ "$home/releases/$(digest_of "$release")" = "$release" ]; }
add_code() {
    install -d -o root -g root -m 755 "$home/releases"
    rm -rf "$release" "$release.new"
    install -d -o root -g root -m 755 "$release.new"
    (cd "$source_folder" && tar --exclude=data/local --exclude=__pycache__ -cf - "${parts[@]}") |
        tar -C "$release.new" --no-same-owner -xf -
    chown -R root:root "$release.new"
    chmod -R u=rwX,go=rX "$release.new"
    "$environment/bin/python" -m compileall -q -s "$release.new" -p "$release" "$release.new/core" "$release.new/pages" "$release.new/app.py"
    ln -s "$environment" "$release.new/.venv"
    mv "$release.new" "$release"
}
step "code in $release, read-only" has_code add_code

# --- PostgreSQL -------------------------------------------------------------------------------------------------------
has_server() { as_postgres psql -qAtc 'SELECT 1'; }
start_server() {
    if has_systemd; then systemctl enable --quiet --now postgresql; else
        pg_lsclusters -h | while read -r version cluster _ state _; do
            [ "$state" = online ] || pg_ctlcluster "$version" "$cluster" start
        done
    fi
    for _ in $(seq 50); do has_server >/dev/null 2>&1 && return; sleep 0.2; done
}
step "PostgreSQL runs" has_server start_server

has_settings() { [ "$(stat -c %U:%G:%a "$settings/mantel.env")" = root:mantel:640 ] && grep -qx "MANTEL_PUBLIC_URL=https://$name" "$settings/mantel.env" && grep -q '^MANTEL_CERTIFICATE=' "$settings/mantel.env"; }
add_settings() {
    local password
    if [ -f "$settings/mantel.env" ]; then
        sed -i "s|^MANTEL_PUBLIC_URL=.*|MANTEL_PUBLIC_URL=https://$name|" "$settings/mantel.env"
    else
        password=$(openssl rand -hex 24)
        cat >"$settings/mantel.env" <<END
# What this installation sets; docs/deployment.md lists what else can be set.
MANTEL_DATABASE_URL=postgresql+psycopg://mantel:$password@127.0.0.1:$(as_postgres psql -qAtc 'SHOW port')/mantel
MANTEL_LOCAL_DIR=$data
MANTEL_PUBLIC_URL=https://$name
MANTEL_SECOND_FACTOR_ROLES=administrator,secretariat
MANTEL_LOG_JSON=true
END
    fi
    grep -q '^MANTEL_CERTIFICATE=' "$settings/mantel.env" || echo "MANTEL_CERTIFICATE=$settings/tls/server.crt" >>"$settings/mantel.env"
    chown root:mantel "$settings/mantel.env"
    chmod 640 "$settings/mantel.env"
}
step "settings in $settings/mantel.env" has_settings add_settings

database_password() { sed -n 's|^MANTEL_DATABASE_URL=.*://mantel:\([^@]*\)@.*|\1|p' "$settings/mantel.env"; }
has_database() { PGPASSWORD=$(database_password) psql -h 127.0.0.1 -p "$(as_postgres psql -qAtc 'SHOW port')" -U mantel -d mantel -qAtc 'SELECT 1' </dev/null; }
add_database() {
    # CREATEDB: each backup is proven by restoring it into a database of its own, which is dropped again.
    as_postgres psql -q -v ON_ERROR_STOP=1 <<END
SET password_encryption = 'scram-sha-256';
DO \$\$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'mantel') THEN CREATE ROLE mantel LOGIN CREATEDB; END IF;
END \$\$;
ALTER ROLE mantel PASSWORD '$(database_password)';
END
    [ "$(as_postgres psql -qAtc "SELECT 1 FROM pg_database WHERE datname = 'mantel'")" = 1 ] ||
        as_postgres createdb --owner=mantel --encoding=UTF8 --locale=C.UTF-8 --template=template0 mantel
}
step "database mantel with a role of its own" has_database add_database

# --- Mantel itself ----------------------------------------------------------------------------------------------------
python=$release/.venv/bin/python
has_setup() { as_mantel "$python" -c 'from core.service.installation import open_configured_engine as e; from core.store.database import check_version, reading; from core.store.accounts import list_accounts
check_version(e())
with reading(e()) as c: assert list_accounts(c)'; }
first_password=''
do_setup() { first_password=$(as_mantel "$python" -m core setup | tee /dev/stderr); }
step "tables, keys, on a new database an administrator" has_setup do_setup

has_current() { [ "$(readlink "$code")" = "$release" ]; }
switch_current() {
    touch "$release"
    ln -sfn "$release" "$code.new"
    mv -T "$code.new" "$code"
    # The release before it stays for the way back; older ones go, and packages that no release uses.
    local folder
    for folder in $(ls -dt "$home"/releases/*/ | grep -vxF "$release/" | tail -n +2); do
        # A process that was not restarted since runs on in it.
        [ "$(find /proc -maxdepth 2 -name cwd -lname "${folder%/}" 2>/dev/null | head -c1)" ] || rm -rf "$folder"
    done
    for folder in "$home"/environments/*/; do
        readlink "$home"/releases/*/.venv | grep -xF "${folder%/}" >/dev/null || rm -rf "$folder"
    done
}
step "$code leads to this release" has_current switch_current

has_backup_key() { [ -s "$data/backup_key" ]; }
add_backup_key() {
    say "         The key that opens the backups. Write it down and keep it away from this machine:"
    say "         $(as_mantel "$python" -m core backup-key)"
}
step "backup key" has_backup_key add_backup_key

has_command() { cmp -s "$source_folder/deploy/mantel" /usr/local/sbin/mantel; }
add_command() { install -m 755 "$source_folder/deploy/mantel" /usr/local/sbin/mantel; }
step "command mantel" has_command add_command

has_backup() { ls "$backups"/mantel-*.age; }
add_backup() { as_mantel "$python" -m core backup "$backups" >/dev/null; }
step "a first backup" has_backup add_backup

# --- TLS --------------------------------------------------------------------------------------------------------------
tls=$settings/tls
has_certificate() {
    [ "$(stat -c %a "$tls/server.key")" = 600 ] || return 1
    # A certificate the office gave is the office's to renew; an update without it leaves it as it is.
    if [ -z "$certificate" ] && [ -s "$tls/server.crt" ] && ! is_own; then
        fits
        return
    fi
    if [ -n "$certificate" ]; then cmp -s "$certificate" "$tls/server.crt" && cmp -s "$key" "$tls/server.key"; else
        fits && openssl verify -CAfile "$tls/ca.crt" -verify_hostname "$name" "$tls/server.crt" &&
            openssl x509 -in "$tls/server.crt" -noout -checkend 2592000
    fi
}
# Whether the certificate is one of the own authority, and whether it belongs to its key and is for the name.
is_own() { [ "$(openssl x509 -in "$tls/server.crt" -noout -issuer)" = "$(openssl x509 -in "$tls/ca.crt" -noout -subject | sed 's/^subject/issuer/')" ]; }
fits() {
    [ "$(openssl x509 -in "$tls/server.crt" -noout -pubkey)" = "$(openssl pkey -in "$tls/server.key" -pubout)" ] &&
        openssl x509 -in "$tls/server.crt" -noout -checkhost "$name" | grep 'does match'
}
add_certificate() {
    [ -z "$certificate" ] || check_certificate
    install -d -m 755 "$tls"
    (
        umask 077
        if [ -n "$certificate" ]; then
            install -m 644 "$certificate" "$tls/server.crt"
            install -m 600 "$key" "$tls/server.key"
            exit
        fi
        if [ -s "$tls/server.crt" ] && ! is_own; then
            stop "The certificate in $tls is the office's own and does not fit $name or its key: give it anew with --certificate and --key."
        fi
        # The authority may sign for the name it was made for, and for no other.
        if [ -s "$tls/ca.crt" ] && ! openssl x509 -in "$tls/ca.crt" -noout -ext nameConstraints | grep "DNS:$name\$" >/dev/null; then
            mkdir -p "$tls/former" && mv "$tls"/ca.* "$tls/former/"
            echo "         The name is another: a new authority is made, which members' machines must trust; the former is in $tls/former."
        fi
        if [ ! -s "$tls/ca.key" ]; then
            openssl ecparam -name prime256v1 -genkey -noout -out "$tls/ca.key"
            openssl req -x509 -new -key "$tls/ca.key" -sha256 -days 3650 -subj "/CN=Mantel CA ($name)" \
                -addext 'keyUsage=critical,keyCertSign,cRLSign' -addext "nameConstraints=critical,permitted;DNS:$name" -out "$tls/ca.crt" 2>/dev/null
        fi
        openssl ecparam -name prime256v1 -genkey -noout -out "$tls/server.key"
        openssl req -new -key "$tls/server.key" -subj "/CN=$name" -out "$tls/server.csr"
        openssl x509 -req -in "$tls/server.csr" -CA "$tls/ca.crt" -CAkey "$tls/ca.key" -CAcreateserial -days 397 -sha256 \
            -extfile <(printf 'subjectAltName=DNS:%s\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\n' "$name") \
            -out "$tls/server.crt" 2>/dev/null
        rm -f "$tls/server.csr"
        chmod 644 "$tls/server.crt" "$tls/ca.crt"
    )
    if has_systemd && systemctl is-active --quiet nginx; then systemctl reload nginx; fi
    [ -n "$certificate" ] || say "         Own certificate authority: install $tls/ca.crt on the members' machines as a trusted root."
}
step "certificate for $name" has_certificate add_certificate

# --- nginx ------------------------------------------------------------------------------------------------------------
site=/etc/nginx/sites-available/mantel
site_text() {
    sed -e "s|@NAME@|$name|g; s|@CERTIFICATE@|$tls/server.crt|; s|@KEY@|$tls/server.key|; s|@HTTP@|80|; s|@HTTPS@|443|" \
        -e "s|@PORT_ONE@|${ports[0]}|; s|@PORT_TWO@|${ports[1]}|; s|@PORT_IN_HOST@||; s|@SIGN_IN_RATE@|3r/s|" \
        -e '/^# Mantel behind nginx/s/ @WORDS@.*//' "$source_folder/deploy/nginx.conf"
}
has_site() { [ "$(site_text)" = "$(cat $site)" ] && [ -L /etc/nginx/sites-enabled/mantel ] && [ ! -e /etc/nginx/sites-enabled/default ]; }
add_site() {
    site_text >"$site"
    ln -sf "$site" /etc/nginx/sites-enabled/mantel
    rm -f /etc/nginx/sites-enabled/default
    nginx -t -q
    if has_systemd; then systemctl enable --quiet nginx && systemctl reload-or-restart nginx; fi
}
step "nginx with TLS before both processes" has_site add_site

# --- services ---------------------------------------------------------------------------------------------------------
units=(mantel@.service mantel.target mantel-backup.service mantel-backup.timer mantel-health.service mantel-health.timer)
has_units() { for unit in "${units[@]}"; do cmp -s "$source_folder/deploy/systemd/$unit" "/etc/systemd/system/$unit" || return 1; done; }
add_units() {
    for unit in "${units[@]}"; do install -m 644 "$source_folder/deploy/systemd/$unit" "/etc/systemd/system/$unit"; done
    if has_systemd; then systemctl daemon-reload; fi
}
step "systemd units" has_units add_units

if has_systemd; then
    # What the running processes were started with: code and settings.
    digest_now() { { readlink "$code"; sha256sum <"$settings/mantel.env"; } | sha256sum; }
    has_running() {
        for port in "${ports[@]}"; do systemctl is-active --quiet "mantel@$port"; done &&
            for unit in mantel.target mantel-backup.timer mantel-health.timer; do
                systemctl is-enabled --quiet "$unit" && systemctl is-active --quiet "$unit" || return 1
            done &&
            [ "$(cat "$settings/running.digest")" = "$(digest_now)" ]
    }
    do_run() {
        systemctl enable --quiet mantel.target mantel-backup.timer mantel-health.timer
        systemctl start mantel-backup.timer mantel-health.timer
        "$code/deploy/restart.sh"
        systemctl start mantel.target
        digest_now >"$settings/running.digest"
    }
    step "both processes and the timers run" has_running do_run
else
    say "later    systemd does not run here: after the start of the machine run this once more."
fi

[ $check -eq 0 ] || { [ $changed -eq 0 ] && say "Nothing would change." || say "Nothing was changed."; exit 0; }
say
say "Mantel: https://$name"
[ -z "$first_password" ] || say "$first_password"
say "Firewall: let the office's network reach ports 80 and 443 of this machine; docs/deployment.md has rules to copy."
