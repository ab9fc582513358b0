# Two commands matter: `make run` and `make test`. Each does all the set-up that it needs.
.DEFAULT_GOAL := help
SHELL := /bin/sh
export PORT HOST BASE_PATH
export PYTHONUTF8 := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' \
	>/dev/null 2>&1 && echo $$p && break; done)

.PHONY: help run test lint types validate boundaries compare bench lock hooks clean

help: ## List every target
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

run: $(VENV)/.runtime ## Set up and serve the Atlas (PORT=8501, HOST=127.0.0.1)
	@$(BIN)/python -m tools.serve

test: $(VENV)/.dev ## Set up and run lint, types, unit, app and browser tests
	@CHROMIUM=$$(tools/chromium.sh) && export CHROMIUM && \
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && \
	$(BIN)/python -m data validate && $(BIN)/python -m pytest -n 2 --dist worksteal $(ARGS)

lint: $(VENV)/.dev ## Check style
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: $(VENV)/.dev ## Check types
	@$(BIN)/mypy

validate: $(VENV)/.runtime ## Check every table against its schema
	@$(BIN)/python -m data validate

boundaries: $(VENV)/.geobuild ## Rebuild the embedded boundaries
	@$(BIN)/python -m geo build

compare: $(VENV)/.runtime ## Compare the boundaries with REFERENCE=file.geojson
	@$(BIN)/python -m geo compare "$(REFERENCE)"

bench: $(VENV)/.dev ## Measure every page beside two floors (ARGS=--quick)
	@$(BIN)/python -m bench $(ARGS)

lock: $(VENV)/.dev ## Write the lock files anew from pyproject.toml
	@$(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --no-header --no-annotate \
		-q -o requirements.lock
	@$(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --no-header --no-annotate \
		-q --extra dev --extra geobuild -c requirements.lock -o requirements-dev.lock

hooks: $(VENV)/.dev ## Run the same checks before every commit
	@$(BIN)/pre-commit install

clean: ## Remove everything that was set up
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache

$(VENV)/.made:
	@if [ -z "$(PYTHON)" ]; then echo "The Atlas needs Python 3.11 or newer with venv; none was found." >&2; \
		echo "Install it (Debian: apt-get install python3 python3-venv) and try again." >&2; exit 1; fi
	@echo "Making a virtual environment with $$($(PYTHON) --version) ..."
	@$(PYTHON) -m venv $(VENV) && touch $@

$(VENV)/.runtime: requirements.lock | $(VENV)/.made
	@echo "Installing what the app needs (once) ..."
	@$(BIN)/python -m pip install -q --no-compile --require-hashes --no-deps -r requirements.lock && touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	@echo "Installing what the tests need (once) ..."
	@$(BIN)/python -m pip install -q --no-compile --require-hashes --no-deps -r requirements-dev.lock && touch $@

$(VENV)/.geobuild: $(VENV)/.dev
	@touch $@
