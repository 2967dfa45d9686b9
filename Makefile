# Everything runs from .venv, made once and reused while requirements.lock and pyproject.toml stay as they are.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SHARED ?= ../shared

.PHONY: run test lint unit lock eval bench soak clean

run: $(READY)
	@$(BIN)/shenbao chat

test: lint unit

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

unit: $(READY)
	$(BIN)/pytest -n 2

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q --disable-pip-version-check -r requirements.lock
	$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

lock: $(READY)
	$(BIN)/uv pip compile -q --group dev --no-header --no-emit-index-url --no-annotate --upgrade -o requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) build dist
