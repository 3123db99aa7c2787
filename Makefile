# Two commands for a newcomer: `make run` and `make test`. Everything else serves them.
PYTHON ?= python3
PORT ?= 5000
HOST ?= 127.0.0.1
INSTANCE ?= instance
DEMO ?= 1
VENV := .venv
BIN := $(VENV)/bin
SETUP := $(VENV)/.ready
CATALOGUES := $(wildcard translations/*/LC_MESSAGES/messages.po)
COMPILED := $(CATALOGUES:.po=.mo)
export PORT HOST INSTANCE DEMO

.PHONY: run setup test check bench vendor catalogues clean-demo

run: $(SETUP) $(COMPILED)
	@exec $(BIN)/python -m feedback.server

setup: $(SETUP) $(COMPILED)

$(SETUP): .locks/requirements-dev.txt
	@command -v $(PYTHON) >/dev/null || { echo "make needs python3 (3.11 or newer); please install it."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed."; exit 1; }
	@# Debian splits ensurepip into python3-venv; without it the system's pip fills the environment.
	@[ -x $(BIN)/python ] || $(PYTHON) -m venv $(VENV) 2>/dev/null || $(PYTHON) -m venv --clear --without-pip $(VENV)
	@if [ -x $(BIN)/pip ]; then pip="$(BIN)/python -m pip"; \
	 elif $(PYTHON) -m pip --version >/dev/null 2>&1; then pip="$(PYTHON) -m pip --python $(BIN)/python"; \
	 else echo "Neither pip nor python3-venv is installed; please install one of them."; exit 1; fi; \
	 $$pip install --quiet --disable-pip-version-check --require-hashes -r .locks/requirements-dev.txt
	@touch $@

%.mo: %.po $(SETUP)
	@$(BIN)/python -m babel.messages.frontend compile -i $< -o $@ -l $(notdir $(patsubst %/LC_MESSAGES/,%,$(dir $<))) >/dev/null 2>&1

test: setup
	@$(BIN)/python -m pytest -n 2

check: setup
	@$(BIN)/python -m pytest tests/house

bench: setup
	@$(BIN)/python -m tests.bench

# Texts to translate: from templates, pages and questionnaires into every catalogue.
catalogues: $(SETUP)
	@$(BIN)/python -m babel.messages.frontend extract -F pyproject.toml -k _ -k lazy_gettext -k pgettext:1c,2 \
	  -k ngettext:1,2 --no-location --sort-output --project "Your views" --version 1 \
	  --copyright-holder "The maintainers" --msgid-bugs-address "" -o translations/messages.pot . >/dev/null 2>&1
	@for po in $(CATALOGUES); do lang=$$(basename $$(dirname $$(dirname $$po))); \
	  $(BIN)/python -m babel.messages.frontend update -N --no-fuzzy-matching --ignore-obsolete \
	  -i translations/messages.pot -o $$po -l $$lang >/dev/null 2>&1; done

vendor:
	@sh feedback/assets/build.sh
