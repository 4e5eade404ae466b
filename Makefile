# The commands of this house. `make help` lists them.

PYTHON ?= python3
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/uv pip install --quiet --require-hashes

# A stamp carries the checksum of its lock: a second start installs nothing and asks nobody.
sum = $(firstword $(shell cksum < requirements/$(1).txt))
UV := $(VENV)/.uv-$(call sum,uv)
BASE := $(VENV)/.base-$(call sum,base)
DEV := $(VENV)/.dev-$(call sum,dev)
CLIENTS := var/clients/.clients-$(call sum,clients)
PARSERS := $(if $(shell command -v npm),tests/parsers/node_modules/.done-$(firstword $(shell cksum < tests/parsers/package-lock.json)))

.DEFAULT_GOAL := help
.PHONY: help run test check fix bench docs lock clients

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: $(BASE) ## Serve web, worker and beat on SQLite; PORT and DATA_DIR from the environment
	@$(BIN)/python -m config.supervisor

test: $(DEV) $(CLIENTS) $(PARSERS) ## Run the tests, on PostgreSQL too where it answers; REQUIRE=all, ARGS="-k word"
	@$(BIN)/python -m tests.run $(ARGS)

check: $(DEV) ## Check style, types, contracts, migrations and the drawn docs
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	find web -name '*.html' -exec $(BIN)/djade --check --target-version 5.2 {} +
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/python manage.py check
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py draw_docs --check

fix: $(DEV) ## Repair style
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	find web -name '*.html' -exec $(BIN)/djade --target-version 5.2 {} +

bench: $(DEV) ## Print the figures of the benchmarks
	@$(BIN)/python -m bench $(ARGS)

docs: $(DEV) ## Draw the docs that the code draws
	$(BIN)/python manage.py draw_docs

lock: $(UV) ## Lock the requirements anew; ARGS=--upgrade takes the newest
	for set in uv base production dev clients; do \
		$(BIN)/uv pip compile requirements/$$set.in --output-file requirements/$$set.txt \
			--python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
			--custom-compile-command "make lock" --quiet $(ARGS) || exit 1; \
	done

clients: $(CLIENTS) $(PARSERS) ## Install the calendar programs that the tests talk to

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed: set PYTHON=/path/to/it"; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
		|| { rm -rf $(VENV); echo "The venv module is missing: apt-get install python3-venv"; exit 1; }

$(UV): $(BIN)/python
	@echo "Installing uv …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@rm -f $(VENV)/.uv-* && touch $@

$(BASE): $(UV)
	@echo "Installing what it needs …"
	@$(INSTALL) --python $(BIN)/python -r requirements/base.txt
	@rm -f $(VENV)/.base-* && touch $@

$(DEV): $(UV)
	@echo "Installing what development needs …"
	@$(INSTALL) --python $(BIN)/python -r requirements/dev.txt
	@rm -f $(VENV)/.dev-* && touch $@

$(CLIENTS): $(UV)
	@echo "Installing the calendar clients …"
	@$(BIN)/uv venv --quiet --allow-existing --python $(BIN)/python var/clients
	@$(INSTALL) --python var/clients/bin/python -r requirements/clients.txt
	@rm -f var/clients/.clients-* && touch $@

$(PARSERS):
	@echo "Installing the calendar parsers …"
	@npm ci --prefix tests/parsers --silent --no-audit --no-fund
	@touch $@
