# Mantel. "make help" lists what there is.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501
DEMO ?= 1
PEOPLE ?= 650
export PYTHONUNBUFFERED := 1

.DEFAULT_GOAL := help
.PHONY: help run test quick check bench fuzz mutation reliability installation shots messages clean

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

$(BIN)/.installed: requirements.txt constraints.txt
	@deploy/make_environment.sh $(VENV) $(PYTHON)
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(BIN)/.installed-dev: $(BIN)/.installed requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

run: $(BIN)/.installed ## set up what is missing and start Mantel on localhost (DEMO=0 starts empty; PORT, PEOPLE)
	@$(BIN)/python -m core setup $(if $(filter-out 0,$(DEMO)),--demo --people $(PEOPLE))
	@echo "Mantel is at http://127.0.0.1:$(PORT)"
	@exec $(BIN)/streamlit run app.py --server.address 127.0.0.1 --server.port $(PORT)

test: ## everything the tests need, the checks, then all tests
	@[ -x $(BIN)/pip ] || deploy/make_environment.sh $(VENV) $(PYTHON)
	@tests/require_system.sh & system=$$!; $(MAKE) --no-print-directory $(BIN)/.installed-dev && wait $$system
	@$(MAKE) --no-print-directory check
	$(BIN)/pytest -n 2 --dist loadgroup

quick: check ## the checks, then unit tests and cases alone (no browser, no database server)
	$(BIN)/pytest -n 2 --dist loadgroup tests/unit tests/cases

TSC := tests/javascript/node_modules/typescript/bin/tsc

$(TSC): $(BIN)/.installed-dev tests/javascript/package.json
	@cd tests/javascript && PATH=$(CURDIR)/$(BIN):$$PATH npm install --no-package-lock --no-audit --no-fund --loglevel=error >/dev/null
	@touch $@

check: $(BIN)/.installed-dev $(TSC) ## ruff, mypy, import-linter, the panel's JavaScript
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/node $(TSC) -p tests/javascript

bench: $(BIN)/.installed-dev ## the figures of docs/benchmarks.md
	@tests/require_system.sh
	$(BIN)/python -m tests.benchmarks

fuzz: $(BIN)/.installed-dev ## import thousands of mutated files (COUNT, SEED)
	$(BIN)/python -m tests.fuzz

mutation: $(BIN)/.installed-dev ## change the domain in one place at a time and see whether a test notices (SAMPLE, SEED)
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-mutation.txt
	$(BIN)/python -m tests.mutation --sample $(or $(SAMPLE),200) --seed $(or $(SEED),1)

reliability: $(BIN)/.installed-dev ## kill an importing process a hundred times on each kind of database
	@tests/require_system.sh
	$(BIN)/python -m tests.reliability

installation: ## install on a bare Debian in a root of its own, back up, restore (root; SUITE=bookworm or trixie)
	tests/installation/try.sh $(or $(SUITE),bookworm)

shots: $(BIN)/.installed-dev ## a picture of every page, both sizes, both languages, into shots/
	@tests/require_system.sh
	$(BIN)/python -m tests.shots

messages: $(BIN)/.installed-dev ## extract the sentences people may read into the catalogues
	PYTHONPATH=. $(BIN)/pybabel -q extract -F babel.cfg -k N_ -k t -k translate -k tn:1,2 --no-location --no-wrap --sort-output --project=Mantel -o .messages.pot .
	$(BIN)/pybabel -q update -i .messages.pot -o core/locales/id/mantel.po -l id --no-fuzzy-matching --ignore-obsolete --no-wrap --ignore-pot-creation-date
	@rm .messages.pot

clean: ## remove the environment and caches; data/local stays
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis shots
