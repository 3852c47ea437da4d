# The only commands anybody has to know: make run, make test, make check.
.PHONY: run start test check lint types templates migrations-agree suite services \
        browser libraries fix lock migrations bench help

VENV := .venv
PY := $(VENV)/bin/python
PORT ?= 8000
export PORT
TEST_DATABASE_URL ?= postgres://postgres@127.0.0.1:5432/postgres
TEST_BROKER_URL ?= redis://127.0.0.1:6379/15
# Two at a time is what a small machine has; more only waits.
PYTEST := $(PY) -m pytest --dist worksteal -n $(shell n=$$(nproc); echo $$((n < 4 ? n : 4)))

help:             ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

run: prepared     ## a running site with a demonstration office
	@DEMO=true deploy/start.sh --demo

start: prepared   ## a running site, empty but for its reference data
	@deploy/start.sh

test: $(VENV)/.dev browser libraries ## the whole suite on SQLite, browser included
	@env -u DATABASE_URL -u CELERY_BROKER_URL $(PYTEST)

check: test lint types templates migrations-agree suite ## what must hold before a commit lands

lint: $(VENV)/.dev
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/lint-imports --no-logo

types: $(VENV)/.dev
	$(PY) -m mypy .

templates: $(VENV)/.dev
	$(VENV)/bin/djlint templates --check --lint --quiet

migrations-agree: $(VENV)/.dev libraries
	$(PY) manage.py makemigrations --check --dry-run
	SITE_URL=https://timpora.example REQUIRE_MFA=true $(PY) manage.py check --deploy --fail-level WARNING

suite: $(VENV)/.dev browser libraries ## the suite on PostgreSQL and Redis
	@$(PY) deploy/reachable.py "$(TEST_DATABASE_URL)" "$(TEST_BROKER_URL)"
	@DATABASE_URL="$(TEST_DATABASE_URL)" CELERY_BROKER_URL="$(TEST_BROKER_URL)" $(PYTEST)

services:         ## PostgreSQL and Redis for `make check`, from Debian's packages
	@deploy/services.sh

fix: $(VENV)/.dev ## what a machine can repair
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .
	$(VENV)/bin/djlint templates --reformat --quiet

migrations: $(VENV)/.dev ## migrations for changed models
	$(PY) manage.py makemigrations

lock: $(VENV)/.dev ## requirements with hashes, from the short .in files
	for name in requirements requirements-dev; do \
	  $(VENV)/bin/uv pip compile --quiet --no-emit-index-url --no-annotate \
	    --custom-compile-command "make lock" --python-version 3.11 \
	    --generate-hashes $$name.in -o $$name.txt; \
	done

bench: $(VENV)/.dev libraries ## the measured figures
	@for script in benchmarks/*.py; do echo "== $$script"; $(PY) $$script; done

# --- what the above stands on --------------------------------------------------------
prepared: $(VENV)/.run libraries
.PHONY: prepared

$(VENV)/bin/pip:
	@deploy/packages.sh --unless "python3 -m ensurepip --version" python3-venv
	@python3 -m venv $(VENV)

$(VENV)/.run: requirements.txt $(VENV)/bin/pip
	@$(VENV)/bin/pip install -qq --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements.txt requirements-dev.txt $(VENV)/bin/pip
	@$(VENV)/bin/pip install -qq --disable-pip-version-check --require-hashes -r requirements.txt -r requirements-dev.txt
	@touch $@ $(VENV)/.run

libraries: $(VENV)/bin/pip
	@deploy/packages.sh --unless "ldconfig -p | grep -q libpangoft2 && ldconfig -p | grep -q libharfbuzz-subset" \
	  libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0

browser:
	@deploy/packages.sh --unless "command -v chromium" chromium
