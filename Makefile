# make run [FOLDER=~/loops]   set up, then open LoopMind (with a starter pack where no folder is named)
# make test                   set up, then lint, types, import contracts, tests
# make bench                  the benchmarks: tables of ours beside peers
SHELL := /bin/bash
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
LOOPMIND_VENV ?= $(CURDIR)/.venv
export LOOPMIND_VENV
BIN := $(LOOPMIND_VENV)/bin

.PHONY: run test set-up lint types contracts unit bench clean

run:
	@FOLDER="$(FOLDER)" $(MAKE) --no-print-directory set-up FOR=run
	@"$(BIN)/loopmind" $(if $(FOLDER),"$(FOLDER)")

test:
	@$(MAKE) --no-print-directory set-up FOR=test
	@$(MAKE) --no-print-directory lint types contracts unit

FOR ?= run
set-up:
	@if [ -z "$(PYTHON)" ]; then echo "[loopmind] Python 3.11 or newer is needed (on Debian: apt-get install python3 python3-venv)" >&2; exit 1; fi
	@"$(PYTHON)" scripts/set_up.py $(FOR)

lint:
	@echo "[loopmind] lint"; "$(BIN)/ruff" check . && "$(BIN)/ruff" format --check .

types:
	@echo "[loopmind] types"; "$(BIN)/mypy"

contracts:
	@echo "[loopmind] import contracts"; "$(BIN)/lint-imports" --no-logo

unit:
	@echo "[loopmind] tests"; "$(BIN)/python" -m pytest $(PYTEST)

bench:
	@$(MAKE) --no-print-directory set-up FOR=test
	@for script in benchmarks/*.py; do echo "== $$script"; "$(BIN)/python" "$$script" || exit 1; done

clean:
	rm -rf "$(LOOPMIND_VENV)" .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
