# make demo    install what is needed, load the demonstration, serve it on http://127.0.0.1:8000
# make test    install what is needed, run every test
# make check   format, lint, types, floors, migrations
# make bench   measure speed and relevance
# make setup   leave .venv/bin/sgdocs
#
# PORT=8001 another port; SGDOCS_HOME=folder another place for database, storage/ and search_index/;
# PYTHON=/path/to/python3.12 another interpreter; ARGS="-k sqlite" more words for pytest.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo test check format lint types floors migrated bench lock clean

PORT ?= 8000
JOBS ?= 2
ARGS ?=
SGDOCS_HOME ?= $(CURDIR)
export SGDOCS_HOME

VENV := .venv
BIN := $(VENV)/bin
LOCK := requirements.lock
DEV_LOCK := requirements-dev.lock

# A stamp bears the sum of what was installed: another lock, another stamp, a new installation.
sum = $(shell { printf '%s' '$(CURDIR)'; cat $(1) pyproject.toml; } | cksum | tr -d ' ')
APP_STAMP := $(VENV)/.app-$(call sum,$(LOCK))
DEV_STAMP := $(VENV)/.dev-$(call sum,$(DEV_LOCK))
NODE := tests/browser/node_modules
NODE_STAMP := $(NODE)/.package-lock.json

help:
	@sed -n 's/^# //p; /^$$/q' Makefile

setup: $(APP_STAMP)

setup-dev: $(DEV_STAMP)

demo: $(APP_STAMP)
	@exec $(BIN)/sgdocs demo --port $(PORT)

test: $(DEV_STAMP) $(NODE_STAMP)
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal $(ARGS)

check: format lint types floors migrated

format: $(DEV_STAMP)
	$(BIN)/ruff format --check .

lint: $(DEV_STAMP)
	$(BIN)/ruff check .

types: $(DEV_STAMP)
	$(BIN)/mypy

floors: $(DEV_STAMP)
	$(BIN)/lint-imports

migrated: $(DEV_STAMP)
	$(BIN)/python -m pytest -q tests/test_migrations.py --databases=sqlite

bench: $(DEV_STAMP)
	$(BIN)/python -m tests.bench $(ARGS)

# One lock for the application, one for all; no registry stands in them.
COMPILE := $(BIN)/uv pip compile -q --universal --generate-hashes --no-header --python-version 3.11 pyproject.toml --extra build
lock: $(DEV_STAMP)
	$(COMPILE) -o $(LOCK)
	$(COMPILE) --extra dev -c $(LOCK) -o $(DEV_LOCK)

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache $(NODE)

# The hashes of the lock are asked for; pip steps in where uv cannot reach the packages.
$(APP_STAMP): $(BIN)/uv
	@$(call install,$(LOCK))
	@rm -f $(VENV)/.app-* && touch $@

$(DEV_STAMP): $(BIN)/uv
	@$(call install,$(DEV_LOCK))
	@rm -f $(VENV)/.dev-* $(VENV)/.app-* && touch $(APP_STAMP) $@

# Only the browser tests need these; without npm they are skipped, and say so.
$(NODE_STAMP): tests/browser/npm-shrinkwrap.json
	@if command -v npm >/dev/null 2>&1; then echo "Installing axe-core and vnu …" >&2; \
	  npm --prefix tests/browser ci --silent && touch $@ || echo "npm failed; browser tests will be skipped" >&2; fi

define install
echo "Installing $(1) …" >&2; \
{ $(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r $(1) \
  && $(BIN)/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation --offline -e .; } \
|| { $(BIN)/python -m pip install -q --require-hashes -r $(1) \
  && $(BIN)/python -m pip install -q --no-deps --no-build-isolation -e .; }
endef

$(BIN)/uv:
	@sh ./.ci/venv $(VENV) $(LOCK) "$(PYTHON)"
