#!/bin/sh
# process.sh web|worker|beat: becomes one of the three processes of an installation.
set -eu
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"
export PATH PYTHONUNBUFFERED=1
case "${1:-}" in
  web)
    exec gunicorn timpora.wsgi --bind "${BIND:-0.0.0.0}:${PORT:-8000}" \
      --worker-class gthread --workers "${WEB_WORKERS:-2}" --threads 8 --timeout 60 \
      --log-level warning
    ;;
  worker)
    exec python -W "ignore:You're running the worker with superuser" \
      -m celery --quiet -A timpora worker --concurrency "${TASK_WORKERS:-1}" \
      --loglevel WARNING --without-gossip --without-mingle
    ;;
  beat)
    # What a killed beat leaves behind would keep the next one from starting.
    rm -f "${VAR_DIR:-var}/beat.pid"
    exec celery --quiet -A timpora beat --loglevel WARNING \
      --pidfile "${VAR_DIR:-var}/beat.pid"
    ;;
  *)
    echo "process.sh web|worker|beat" >&2
    exit 2
    ;;
esac
