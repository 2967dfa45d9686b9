# Everything runs from .venv, made once and reused while requirements.lock and pyproject.toml stay as they are.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SHARED ?= ../shared

.PHONY: run test lint unit cover lock eval bench soak clean

run: $(READY)
	@$(BIN)/shenbao chat

test: lint unit

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Many tests start the program: it is compiled once for all of them, whatever the machine has set.
unit cover: export PYTHONDONTWRITEBYTECODE :=

unit: $(READY)
	$(BIN)/pytest -n 2 --dist worksteal

# Branch coverage of the pure core, with what is not covered.
cover: $(READY)
	$(BIN)/pytest -n 2 --dist worksteal --cov --cov-report=term-missing:skip-covered

# Ratios against peers; BIG=1 adds 100,000 passages. For all peers: pip install --group bench
bench: $(READY)
	@$(BIN)/python -m tests.bench

# Long loops that stop by themselves; SEED=n repeats a run.
soak: $(READY)
	@$(BIN)/python -m tests.soak

# The scorers of the evaluation folder, where that is present.
eval: $(READY)
	@$(BIN)/python -m tests.evaluation $(SHARED)

$(READY): requirements.lock pyproject.toml
	@echo "正在安装，一两分钟 / setting up, a minute or two …"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install -q --disable-pip-version-check -r requirements.lock
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# Needs uv; writes no index address.
lock:
	uv pip compile -q --group dev --no-header --no-emit-index-url --no-annotate --upgrade -o requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) build dist
