# The everyday commands; `make help` lists them. Needs Python 3.11 or later, and make.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet
JOBS   := $(shell nproc 2>/dev/null || echo 2)
SETS   ?= 1000

.DEFAULT_GOAL := help
.PHONY: help graph test coverage mutants lint attack bench chromium clean
.DELETE_ON_ERROR:

help: ## list the commands
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

graph: $(VENV)/.kg ## build the knowledge graph of seeds/ into build/
	@$(BIN)/kg build seeds

test: $(VENV)/.dev chromium ## run all tests, in a real browser and on real servers too
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal -rs

coverage: $(VENV)/.dev ## say which lines and branches of the core the tests leave out
	$(BIN)/python -m pytest -n $(JOBS) -q -m "not browser" \
	  --cov --cov-report=term --cov-report=json:build/coverage.json
	@$(BIN)/python -m tests.branches build/coverage.json

mutants: $(VENV)/.dev ## change the code that reads and resolves, and see whether tests notice
	$(BIN)/python -m tests.mutation

lint: $(VENV)/.dev ## check style, types and import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict
	$(BIN)/lint-imports

attack: $(VENV)/.dev chromium ## attack queries, server, files and documents; BRIEF=--brief takes minutes
	$(BIN)/python -m tests.attacks $(BRIEF)

bench: $(VENV)/.dev ## measure on made-up archives; SETS="1000 6000 60000" takes an hour, TABLES= some
	$(BIN)/python -m tests.benchmarks $(TABLES) --sets $(SETS)

clean: ## remove what was built, the virtual environment too
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# pip learnt to install dependency groups in 25.1.
$(VENV)/.pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "make: $(PYTHON) is older than Python 3.11; say which one to use: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "make: $(PYTHON) cannot make virtual environments; on Debian: apt-get install python3-venv" >&2; exit 1; }
	@echo "setting up $(VENV)" >&2
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install --upgrade 'pip>=25.1'
	@touch $@

$(VENV)/.kg: $(VENV)/.pip pyproject.toml
	@$(PIP) install --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.kg
	@$(PIP) install --group dev
	@touch $@

# Never a failure here: the browser tests themselves say that they are skipped, or fail in CI.
chromium:
	@for name in chromium chromium-browser google-chrome-stable google-chrome; do \
	  command -v $$name >/dev/null && exit 0; \
	done; \
	as_root=; [ "$$(id -u)" = 0 ] || as_root="sudo -n"; \
	if command -v apt-get >/dev/null && $$as_root true 2>/dev/null; then \
	  echo "installing Chromium for the browser tests" >&2; \
	  { $$as_root apt-get install -qq --no-install-recommends chromium || \
	    { $$as_root apt-get update -qq && \
	      $$as_root apt-get install -qq --no-install-recommends chromium; }; } >&2 && exit 0; \
	fi; \
	echo "no Chromium here, and none could be installed: the browser tests are skipped;" \
	     "install the system's package chromium to run them" >&2
