#!/bin/sh
# start.sh [--demo]: prepares, loads what is missing and runs web, worker and beat under
# one supervisor until Ctrl-C.
set -eu
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"
export PATH PORT="${PORT:-8000}" PYTHONUNBUFFERED=1
deploy/prepare.sh
if [ "${1:-}" = --demo ]; then
  python manage.py load_demo --if-empty
fi
# honcho gives every process a PORT of its own; links in mails need the one of the site.
export WEB_PORT="$PORT"
exec python deploy/supervise.py --no-prefix start -f deploy/Procfile
