#!/usr/bin/env bash
# A private, throw-away PostgreSQL in a temporary folder, reached over a socket in it, gone when this ends.
#   scripts/postgres.sh COMMAND…   runs the command with DATABASE_URL set
#   scripts/postgres.sh            prints DATABASE_URL and stays until interrupted
set -eu

bin=${PG_BIN:-$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)}
[ -n "$bin" ] || bin=$(dirname "$(command -v initdb || true)")
[ -x "$bin/initdb" ] || { echo "PostgreSQL is not installed (Debian: apt-get install postgresql)." >&2; exit 1; }

folder=$(mktemp -d "${CLOTHIER_PG_FOLDER:-/var/tmp}/clothier-pg.XXXXXX")
as=()
if [ "$(id -u)" = 0 ]; then
  # PostgreSQL refuses to run as root.
  user=$(id -un postgres 2>/dev/null || echo nobody)
  as=(setpriv "--reuid=$user" "--regid=$(id -gn "$user")" --clear-groups)
  chown "$user" "$folder"
fi
chmod 755 "$folder"

stop() {
  "${as[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 143' TERM
trap 'exit 130' INT

cd "$folder"
export LC_ALL=C.UTF-8
"${as[@]}" "$bin/initdb" -D "$folder/data" -U clothier -A trust -E UTF8 --locale=C.UTF-8 >/dev/null
# It is thrown away with the machine still running, so nothing is flushed to disk. CLOTHIER_PG_DURABLE=1 keeps that on.
quick="-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
[ -z "${CLOTHIER_PG_DURABLE:-}" ] || quick=""
"${as[@]}" "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w -o \
  "-c listen_addresses='' -k $folder $quick -c shared_buffers=256MB -c max_connections=60" start >/dev/null
"$bin/createdb" -h "$folder" -U clothier clothier
export DATABASE_URL="postgres://clothier@/clothier?host=$folder"
cd "$OLDPWD"

if [ $# -eq 0 ]; then
  echo "$DATABASE_URL"
  sleep infinity &
  wait $!
else
  "$@"
fi
