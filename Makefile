# `make demo` and `make test` do all the set-up on a machine with Python 3.11+ and a package index.
PYTHON ?= python3
UV := .tools/bin/uv
RUN := $(UV) run --frozen --no-sync

.PHONY: demo test lint bench bench-tryton pictures setup
.DEFAULT_GOAL := demo

demo: .venv/.runtime
	$(RUN) goodcop demo

test: .venv/.complete lint
	$(RUN) python -m tests.check

lint: .venv/.complete
	$(RUN) ruff format --check .
	$(RUN) ruff check .
	$(RUN) mypy
	$(RUN) lint-imports

bench: .venv/.complete
	$(RUN) python -m benchmarks

bench-tryton: .venv/.complete
	$(PYTHON) -m venv .tools/tryton
	.tools/tryton/bin/pip install --quiet "trytond~=8.2" "trytond-account-dunning~=8.2" "psycopg[binary,pool]"
	$(RUN) python -m benchmarks.tryton .tools/tryton/bin/python

pictures: .venv/.complete
	$(RUN) python -m tests.browser.pictures

setup: .venv/.complete

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "goodcop needs Python 3.11 or newer. Install it (Debian: apt install python3 python3-venv), or name one: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' || { \
	  echo "Python lacks venv or pip. Debian and Ubuntu: apt install python3-venv python3-pip"; exit 1; }
	$(PYTHON) -m venv .tools
	.tools/bin/pip install --quiet uv

.venv/.runtime: $(UV) pyproject.toml uv.lock
	$(UV) sync --frozen --no-default-groups --python $(PYTHON) --quiet --inexact
	@touch $@

.venv/.complete: $(UV) pyproject.toml uv.lock
	$(UV) sync --frozen --all-extras --python $(PYTHON) --quiet
	@touch $@ .venv/.runtime
