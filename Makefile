# Two commands: `make run` and `make test`. The rest is detail.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install -qq --no-input --disable-pip-version-check --require-hashes
LOCK := $(BIN)/uv pip compile --universal --generate-hashes --python-version 3.11 --quiet \
	--custom-compile-command "make lock"
MANAGE := DJANGO_SETTINGS_MODULE=registry.settings.test $(BIN)/python manage.py
DOCUMENTS := $(notdir $(basename $(wildcard */management/commands/*_docs.py */*/management/commands/*_docs.py)))

.PHONY: run test bench bench-lookup bench-national bench-pages servers install install-dev install-bench clean-data lint types contracts docs docs-check lock help

run: install  ## the registry, on http://127.0.0.1:8000 (PORT=8001 for another port)
	@$(BIN)/python -m stack run --host $(HOST) --port $(PORT) --die-with-parent

servers: install  ## only the database and the broker, for `manage.py` and an IDE
	@$(BIN)/python -m stack servers

clean-data:  ## forget everything this installation made (var/)
	@$(PYTHON) -m stack clean-data

# Tests start the project's programs some hundred times: some environments forbid to keep what was compiled.
test: export PYTHONDONTWRITEBYTECODE :=
test: install-dev lint types contracts docs-check  ## everything that is checked
	@$(BIN)/python -m pytest -n $$(( $$(nproc) + 1 )) --dist worksteal

bench: install  ## how fast it is, beside a floor; about ten minutes (OFFICIALS=10000 for a short one)
	@$(BIN)/python -m bench $(if $(OFFICIALS),--officials $(OFFICIALS))

bench-lookup: install  ## the public look-up under load, beside a bare view (OFFICIALS=2000 PAGES=6000 for a short one)
	@$(BIN)/python -m bench.lookup $(if $(OFFICIALS),--officials $(OFFICIALS)) $(if $(PAGES),--pages $(PAGES))

bench-national: install-bench  ## the whole civil service, beside floors and what others would use (OFFICIALS=24000 for a short one)
	@$(BIN)/python -m bench.national $(if $(OFFICIALS),--officials $(OFFICIALS)) $(if $(AT),--at '$(AT)')

bench-pages: install  ## each page in a small register and in the whole civil service's (OFFICIALS=24000 for a short one)
	@$(BIN)/python -m bench.pages $(if $(OFFICIALS),--officials $(OFFICIALS)) $(if $(SMALL),--small $(SMALL)) \
		$(if $(SMALL_AT),--small-at '$(SMALL_AT)') $(if $(LARGE_AT),--large-at '$(LARGE_AT)')

lint:
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

types:
	@$(BIN)/mypy .

contracts:
	@$(BIN)/lint-imports

# A document that is made from code has a command <document>_docs, which takes --check.
docs: install-dev  ## write the generated documents afresh
	@for document in $(DOCUMENTS); do $(MANAGE) $$document || exit; done

docs-check:
	@for document in $(DOCUMENTS); do $(MANAGE) $$document --check || exit; done

install: $(VENV)/installed
install-dev: $(VENV)/installed-dev
install-bench: $(VENV)/installed-bench

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; $(PYTHON) is not. Say which: make PYTHON=python3.12 ..."; exit 2; }
	@$(PYTHON) -m venv $(VENV) || \
		{ rm -rf $(VENV); echo "Python's venv module is missing: apt-get install python3-venv"; exit 2; }

$(VENV)/installed: requirements.txt requirements-embedded.txt | $(BIN)/python
	@echo "Installing what the registry needs (once, about a minute) ..."
	@$(PIP) -r requirements.txt -r requirements-embedded.txt
	@touch $@

$(VENV)/installed-dev: requirements-dev.txt $(VENV)/installed
	@echo "Installing what the tests need (once, about a minute) ..."
	@$(PIP) -r requirements.txt -r requirements-embedded.txt -r requirements-dev.txt
	@touch $@

$(VENV)/installed-bench: requirements-bench.txt $(VENV)/installed
	@echo "Installing what the registry is measured beside (once, about a minute) ..."
	@$(PIP) -r requirements-bench.txt
	@touch $@

lock: install-dev  ## lock the versions of requirements*.in afresh, with hashes
	@$(LOCK) $(UPGRADE) requirements.in -o requirements.txt
	@$(LOCK) $(UPGRADE) requirements-embedded.in -o requirements-embedded.txt
	@$(LOCK) $(UPGRADE) requirements-dev.in -o requirements-dev.txt
	@$(LOCK) $(UPGRADE) requirements-bench.in -o requirements-bench.txt

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14
