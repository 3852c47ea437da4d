#!/bin/sh
# packages.sh --unless TEST PACKAGE...: installs Debian packages where TEST fails.
# Without the right to install, prints the exact command and stops.
set -eu
test="$2"
shift 2
if sh -c "$test" >/dev/null 2>&1; then
  exit 0
fi
command="apt-get install -y --no-install-recommends $*"
if [ "$(id -u)" = 0 ]; then
  as=""
elif sudo -n true 2>/dev/null; then
  as="sudo -n"
else
  echo "Paket Debian belum terpasang. Jalankan sebagai root, lalu ulangi:" >&2
  echo "  apt-get update && $command" >&2
  exit 1
fi
echo "Memasang: $*"
export DEBIAN_FRONTEND=noninteractive
$as apt-get update -qq
$as env DEBIAN_FRONTEND=noninteractive $command -qq >/dev/null
