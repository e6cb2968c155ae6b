# Needs Python 3.11 or newer, git, make and a compiler. Everything else goes into .venv.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# The first of these that is new enough; say `make run PYTHON=...` for another.
PYTHON = $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

.DEFAULT_GOAL := help
.PHONY: help setup run demo load test verify check fix bench lock

help: ## list these commands
	@sed -nE 's/^([a-z]+):.*## (.*)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

setup: $(VENV)/run.stamp $(VENV)/test.stamp ## create .venv with everything that running and testing need

run: $(VENV)/run.stamp ## open the dashboard, with synthetic data if nothing is loaded yet
	@$(BIN)/python -m loaders releases --quiet || $(BIN)/python -m loaders demo
	@$(BIN)/python -m dashboard

demo: $(VENV)/run.stamp ## make the synthetic submissions and load them
	@$(BIN)/python -m loaders demo

load: $(VENV)/run.stamp ## load your files: make load FILES="a.xlsx folder" [AS_AT=2015-04]
	@test -n "$(FILES)" || { echo 'Say which: make load FILES="one.xlsx another.csv folder"'; exit 2; }
	@$(BIN)/python -m loaders load $(FILES) $(if $(AS_AT),--as-at $(AS_AT))

test: $(VENV)/test.stamp ## run every test: make test [ARGS="-k waits"]
	@$(BIN)/python -m tests.chromium
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile $(ARGS)

verify: $(VENV)/test.stamp ## hold the statistics against made-up programmes whose truth is known
	@$(BIN)/python -m tests.simulation

check: $(VENV)/test.stamp ## style, types and what may import what
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

fix: $(VENV)/test.stamp ## put right what can be put right by itself
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(VENV)/test.stamp ## measure speed
	@$(BIN)/python -m tests.benchmarks

lock: $(VENV)/test.stamp ## after a change to requirements*.txt: fix what they bring along
	@UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
		requirements.txt --output-file requirements.lock
	@UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
		requirements-test.txt --output-file requirements-test.lock

# pip runs only when a lock is newer than its stamp.

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and was not found."; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.lock | $(BIN)/python
	@echo "Installing what the dashboard needs (about a minute) ..."
	@$(PIP) --requirement requirements.lock
	@touch $@

$(VENV)/test.stamp: requirements-test.lock | $(BIN)/python
	@echo "Installing what the tests need ..."
	@$(PIP) --requirement requirements-test.lock
	@touch $@
