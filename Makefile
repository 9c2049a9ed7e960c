# Clothier 衣诺. `make run` opens the shop; `make test` proves it works. Python 3.11 or later is all they need.
# The first one that runs and is new enough: a name on the path may be a shim of a version manager that has no such version.
PYTHON ?= $(shell for each in python3 python3.13 python3.12 python3.11 python3.14; do $$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$each && break; done)
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run install test test-browser test-postgres test-spark faults check bench messages screenshots clean

# Compiled here too, for a machine where Python is told to keep no bytecode: a start would read 1 500 sources anew.
run: install
	@$(BIN)/python -m compileall -q src
	@$(BIN)/clothier run --demo

install: $(VENV)/.runtime

$(VENV)/.runtime: requirements/runtime.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Clothier needs Python 3.11 or later; found $$(python3 --version 2>&1)." >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing Clothier into $(VENV) (first time: about a minute)…"
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements/runtime.txt
	@$(BIN)/python -m pip install --quiet --no-deps --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.runtime
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.txt
	@touch $@

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n auto

test-browser: $(VENV)/.dev
	$(BIN)/python -m pytest -m browser

test-postgres: $(VENV)/.dev
	scripts/postgres.sh $(BIN)/python -m pytest -n auto

# Kills, cuts, delays and fills the disk while the shop lives, then counts. KILLS=40 SEED=7 DATABASE=sqlite
faults: $(VENV)/.dev
	PYTHONPATH=src:. $(BIN)/python -m tests.faults --kills $(or $(KILLS),1000) $(if $(SEED),--seed $(SEED)) $(if $(DATABASE),--database $(DATABASE))

$(VENV)/.spark: requirements/spark.txt $(VENV)/.dev
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements/spark.txt
	@touch $@

# Elsewhere these tests are skipped; a short run needs no optimising compiler.
test-spark: $(VENV)/.spark
	CLOTHIER_TEST_SPARK=1 JAVA_TOOL_OPTIONS="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC" $(BIN)/python -m pytest tests/insights/test_engines.py

check: $(VENV)/.dev
	scripts/check.sh

bench: install
	@for name in ingest promises live profile search board segments pages desks checkout import; do $(BIN)/clothier bench $$name --customers $${CUSTOMERS:-20000} || exit 1; done

messages: $(VENV)/.dev
	$(BIN)/python scripts/messages.py

screenshots: $(VENV)/.dev
	$(BIN)/python scripts/screenshots.py

clean:
	rm -rf $(VENV) build dist src/*.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
