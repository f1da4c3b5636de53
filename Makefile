# Every command a developer or a newcomer needs; `make` alone lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt

.DEFAULT_GOAL := help
.PHONY: help run test lint types arrows check format bench hostile scans clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/installed: pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing dafu into $(VENV) ..."
	@$(PIP) --editable .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed
	@echo "Installing the development tools into $(VENV) ..."
	@$(PIP) basedpyright coverage hypothesis import-linter pytest pytest-asyncio pytest-timeout pytest-xdist python-docx reportlab ruff
	@touch $@

run: $(VENV)/installed ## install, prepare the store, start the bot (Telegram with a token, else the console)
	@$(BIN)/dafu run

test: $(VENV)/installed-dev ## install what tests need and run them all
	@$(BIN)/python -m pytest -n 2 -m "not bench and not slow"

lint: $(VENV)/installed-dev ## style
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/installed-dev ## strict type check
	@$(BIN)/basedpyright

arrows: $(VENV)/installed-dev ## import contracts
	@$(BIN)/lint-imports

check: lint types arrows test ## everything CI runs but the long suites

format: $(VENV)/installed-dev ## rewrite the sources in the house style
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(VENV)/installed-dev ## speed ratios, measured in one run
	@$(BIN)/python -m pytest -m bench -s tests/benchmarks

hostile: $(VENV)/installed-dev ## files made to harm, and hundreds of damaged ones
	@$(BIN)/python -m pytest -n 2 tests/hostile

scans: $(VENV)/installed-dev ## letters on paper, scanned and photographed, read back
	@$(BIN)/python -m pytest -m slow -s tests/rounds/test_rounds_scans.py

rounds: $(VENV)/installed-dev ## letters written, printed and published, read back field for field
	@$(BIN)/python -m pytest -m "slow or not slow" tests/rounds/test_round_trips.py

clean: ## remove the environment and caches
	@rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis build dist
