# Two commands do all set-up: `make run` (server and playground) and `make test` (everything).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SETUP := $(VENV)/.setup
TEST_SETUP := $(VENV)/.setup-test

.PHONY: run setup test check types browsers programs packages prepared benchmark clean reader

run: setup
	$(BIN)/coltiva serve

setup: $(SETUP)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Coltiva needs Python 3.11 or newer; $(PYTHON) is older. Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(SETUP): $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

# What is compiled when it is first imported need not be compiled now: most of it never is.
$(TEST_SETUP): $(BIN)/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --editable '.[test]'
	@touch $(SETUP) $@

# The system's packages and Python's come side by side; the browsers' installer needs nothing but Python itself.
browsers:
	@$(MAKE) --no-print-directory -j2 programs packages

programs:
	@$(PYTHON) tests/browser/install_browsers.py

packages: $(TEST_SETUP)
	@$(BIN)/python -m tests.browser.install_packages

prepared: check types

check: $(TEST_SETUP)
	$(BIN)/ruff check server tests
	$(BIN)/mypy

types: packages
	$(BIN)/python tests/extension/run_tsc.py

# A browser keeps a core busy, so two run side by side; the attacks, last, share one table. What fails while two browsers
# and their servers share the machine is told, and tried once more by itself; what fails twice ends the run.
test:
	@$(MAKE) --no-print-directory -j2 programs prepared
ifdef ARGS
	$(BIN)/python -m pytest $(ARGS)
else
	$(BIN)/python -m pytest -n auto --dist loadfile --ignore=tests/browser --ignore=tests/security
	$(BIN)/python -m pytest -n 2 --dist loadfile --timeout 180 tests/browser || \
	  $(BIN)/python -m pytest --last-failed --last-failed-no-failures none --timeout 180 tests/browser
	$(BIN)/python -m pytest tests/security
endif

reader: $(SETUP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[training]'
	$(BIN)/python -m coltiva.training

benchmark: $(TEST_SETUP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'proselint>=0.14'
	$(BIN)/python tests/benchmarks/lint_speed.py
	$(BIN)/python tests/benchmarks/imports.py
	$(BIN)/python tests/benchmarks/rule_effect.py

clean:
	rm -rf $(VENV) build dist
