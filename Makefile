# Lá Chắn. `make help` lists what there is; only Python 3.11 or newer and make are taken for granted.
#   make serve PORT=8001                       another port
#   make serve DATABASE_URL=postgres://…       on PostgreSQL instead of SQLite

# the first of these that is new enough; PYTHON=/path/to/python3.12 names another
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
BIN = .venv/bin
MANAGE = $(BIN)/python manage.py
PORT ?= 8000
PACKAGES = campaigns courses media site tests benchmarks tools manage.py
export PORT
# many images of machines forbid Python to keep what it compiled: then each start would compile 1,300 files anew
unexport PYTHONDONTWRITEBYTECODE

# Plain http is for one's own machine only: with a real BASE_URL the production rules hold.
LOCAL = $(if $(BASE_URL),$(filter http://127.% http://localhost http://localhost:% http://[::1]%,$(BASE_URL)),yes)
INSECURE = $(if $(LOCAL),INSECURE_HTTP=1)

# what `check --deploy` is asked about: a production start whose values are all safe
PRODUCTION = INSECURE_HTTP= DEBUG= BASE_URL=https://hoc.example.gov.vn ALLOWED_HOSTS=hoc.example.gov.vn \
	SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))') \
	EMAIL_URL=smtp://localhost TRUSTED_PROXIES=127.0.0.1

.DEFAULT_GOAL := help
.PHONY: help serve dev setup test rights soak check format bench mutants

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

serve: .venv/.runtime ## set up what is missing, fill in the demo on first start, and serve
	@$(INSECURE) $(MANAGE) prepare --demo
	@$(INSECURE) exec $(MANAGE) run

dev: .venv/.dev ## the same with DEBUG and reloading; background work runs in `make dev`'s own worker
	@DEBUG=1 INSECURE_HTTP=1 $(MANAGE) prepare --demo
	@DEBUG=1 INSECURE_HTTP=1 $(MANAGE) worker & worker=$$!; trap 'kill $$worker' EXIT INT TERM; \
		DEBUG=1 INSECURE_HTTP=1 $(MANAGE) runserver 127.0.0.1:$(PORT)

setup: .venv/.dev ## the virtual environment with everything that development needs
	@$(INSECURE) $(MANAGE) prepare

test: .venv/.dev ## all that proves behaviour, in the browser too where Chromium is there
	@INSECURE_HTTP=1 $(BIN)/python tools/run_tests.py $(ARGS)

rights: .venv/.dev ## the rights table for the roles that `make test` leaves out
	@INSECURE_HTTP=1 $(BIN)/python tools/run_tests.py --other-roles $(ARGS)

soak: .venv/.dev ## all that proves endurance; ARGS=--within=300 starts no case after five minutes
	@INSECURE_HTTP=1 $(BIN)/python tools/run_tests.py --soak $(ARGS)

check: .venv/.dev ## style, types, migrations, the schema file (PostgreSQL's too by DATABASE_URL) and the production settings
	$(BIN)/ruff check $(PACKAGES)
	$(BIN)/ruff format --check $(PACKAGES)
	$(BIN)/djhtml --check --tabwidth 2 site/templates
	INSECURE_HTTP=1 $(BIN)/mypy
	INSECURE_HTTP=1 $(MANAGE) makemigrations --check --dry-run
	INSECURE_HTTP=1 $(MANAGE) write_schema --check
	$(PRODUCTION) $(MANAGE) check --deploy --fail-level WARNING

format: .venv/.dev ## put code and templates into the house style
	$(BIN)/ruff check --fix $(PACKAGES); $(BIN)/ruff format $(PACKAGES)
	-$(BIN)/djhtml --tabwidth 2 site/templates

bench: .venv/.dev ## every figure, as a ratio to the floor measured in the same run
	@INSECURE_HTTP=1 $(BIN)/python benchmarks/run.py $(ARGS)

mutants: .venv/.dev ## whether a test notices each small change of a rule; ARGS=spans for one module
	@INSECURE_HTTP=1 $(BIN)/python tools/mutants.py $(ARGS)

.venv/.runtime: requirements.lock tools/environment.py
	@$(if $(PYTHON),$(PYTHON) tools/environment.py requirements.lock .venv/.runtime,\
		echo "Python 3.11 or newer was not found: install it, or name it with PYTHON=/path/to/python3" >&2; exit 1)

.venv/.dev: requirements-dev.lock tools/environment.py
	@$(if $(PYTHON),$(PYTHON) tools/environment.py requirements-dev.lock .venv/.dev,\
		echo "Python 3.11 or newer was not found: install it, or name it with PYTHON=/path/to/python3" >&2; exit 1)
