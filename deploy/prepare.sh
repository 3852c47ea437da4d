#!/bin/sh
# prepare.sh: brings database, cache and static files to what this version needs; safe to
# repeat. Stops with one sentence where a start cannot succeed.
set -eu
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"
python manage.py may_start
python manage.py migrate --verbosity 0
python manage.py createcachetable --verbosity 0
# Packing the static files takes longer than all the rest: only if some are newer.
packed="${STATIC_ROOT:-${VAR_DIR:-var}/static}/staticfiles.json"
if [ ! -e "$packed" ] || [ -n "$(find static .venv/.run -newer "$packed" -print -quit)" ]; then
  python manage.py collectstatic --noinput --verbosity 0
fi
python manage.py load_masters
python manage.py load_law
