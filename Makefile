# Everything one does with this project. Each target sets up what it needs.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(BIN)/uv run --frozen --no-sync
SUDO := $(shell [ "$$(id -u)" = 0 ] || command -v sudo 2>/dev/null)
READY := $(VENV)/.ready

.PHONY: help setup site serve test gates check format golden bench e2e clean

help: ## says what there is
	@sed -n 's/^\([a-z0-9]*\):.*## /  make \1	/p' $(MAKEFILE_LIST) | expand -t 16

setup: $(READY) ## makes .venv with everything in it

$(READY): pyproject.toml uv.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name it with: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || $(MAKE) --no-print-directory .package PACKAGE=python3-venv
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.9,<1'
	@UV_PROJECT_ENVIRONMENT=$(VENV) $(BIN)/uv sync --frozen --quiet --inexact
	@touch $@

# A system package is installed where that is possible; else one line says what to run.
.PHONY: .package .graphviz .chromium .java
.package:
	@if command -v apt-get >/dev/null && { [ "$$(id -u)" = 0 ] || [ -n "$(SUDO)" ]; }; then \
	  echo "installing $(PACKAGE)"; \
	  { $(SUDO) apt-get update -qq && DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq $(PACKAGE); } >/dev/null; \
	else echo "$(PACKAGE) is missing; install it, for example with: apt-get install $(PACKAGE)" >&2; fi
.graphviz:
	@command -v dot >/dev/null || $(MAKE) --no-print-directory .package PACKAGE=graphviz
.chromium:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || \
	  $(MAKE) --no-print-directory .package PACKAGE=chromium
.java:
	@command -v java >/dev/null || $(MAKE) --no-print-directory .package PACKAGE=default-jre-headless

# Judges that come from npm, at the versions and checksums of the lock file.
JUDGES := tests/gates/node_modules/.ready
$(JUDGES): $(READY) tests/gates/package-lock.json
	@UV_PROJECT_ENVIRONMENT=$(VENV) $(BIN)/uv sync --frozen --quiet --inexact --group gates
	@PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --prefix tests/gates --ignore-scripts --no-audit --no-fund --silent
	@touch $@

site: setup .graphviz ## builds the catalogue of specs/ into site/
	@$(RUN) catalog-builder build
	@echo "Open site/index.html in a browser, or run: make serve"

serve: setup .graphviz ## builds, serves and rebuilds on change
	@$(RUN) catalog-builder serve

test: setup .graphviz .chromium ## runs the tests
	@$(RUN) pytest --ignore tests/gates --numprocesses auto --dist loadscope

gates: setup .graphviz .chromium .java $(JUDGES) ## has the pages judged: HTML, Lighthouse
	@$(RUN) pytest tests/gates

check: setup ## style, types, floors of the house
	@$(RUN) ruff check .
	@$(RUN) ruff format --check .
	@$(RUN) mypy
	@$(RUN) lint-imports --no-cache

format: setup ## mends what can be mended by itself
	@$(RUN) ruff check --fix .
	@$(RUN) ruff format .

e2e: setup .graphviz .chromium ## runs the browser tests alone
	@$(RUN) pytest tests/e2e

golden: setup ## writes the expected folders anew, for review as a diff
	@$(RUN) pytest tests/golden --write-golden

bench: setup .graphviz .chromium ## measures
	@$(RUN) pytest tests/benchmarks --benchmark-only -o tmp_path_retention_count=1

clean: ## removes what was made
	@rm -rf $(VENV) tests/gates/node_modules site .catalog .mypy_cache .ruff_cache .pytest_cache .hypothesis
