#!/bin/sh
# PostgreSQL and Redis on their standard local ports, installed and started where they do
# not run. A server that is installed here lets the role postgres in from this machine.
set -eu
here="$(dirname "$0")"
listens() { bash -c "exec 3<>/dev/tcp/127.0.0.1/$1" 2>/dev/null; }
if ! listens 5432; then
  "$here/packages.sh" --unless "command -v pg_ctlcluster" postgresql
  version="$(ls /etc/postgresql | sort -n | tail -1)"
  hba="/etc/postgresql/$version/main/pg_hba.conf"
  line="host all postgres 127.0.0.1/32 trust"
  grep -qxF "$line" "$hba" || sed -i "1i $line" "$hba"
  pg_ctlcluster --skip-systemctl-redirect "$version" main start
fi
if ! listens 6379; then
  "$here/packages.sh" --unless "command -v redis-server" redis-server
  redis-server --daemonize yes --bind 127.0.0.1 --port 6379 --save "" --appendonly no
fi
for port in 5432 6379; do
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    listens $port && break
    sleep 1
  done
  listens $port || { echo "Nothing answers on port $port." >&2; exit 1; }
done
