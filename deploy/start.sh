#!/bin/sh
# start.sh [--demo]: migrates, loads what is missing and runs web, worker and beat under
# one supervisor until Ctrl-C.
set -eu
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"
export PATH PORT="${PORT:-8000}" PYTHONUNBUFFERED=1
if python - <<'PYTHON'
import os, socket, sys
with socket.socket() as probe:
    sys.exit(probe.connect_ex(("127.0.0.1", int(os.environ["PORT"]))))
PYTHON
then
  echo "Port $PORT sudah dipakai. Pilih yang lain, misalnya: PORT=8001 make run" >&2
  exit 1
fi
python manage.py migrate --verbosity 0
python manage.py createcachetable --verbosity 0
python manage.py collectstatic --noinput --verbosity 0
python manage.py load_masters
python manage.py load_nationalities
if [ "${1:-}" = --demo ]; then
  python manage.py load_demo --if-empty
fi
# What a killed beat leaves behind would keep the next one from starting.
rm -f "${VAR_DIR:-var}/beat.pid"
# honcho gives every process a PORT of its own; links in mails need the one of the site.
export WEB_PORT="$PORT"
exec honcho --no-prefix start -f deploy/Procfile
