# The workflow of this project. `make help` lists it. Every target makes the environment it needs first.
#
# Two environments share the folder .venv: the locked packages that Firsthand runs on, and on top of them those
# for checking and testing. A stamp file for each is newer than its lock when there is nothing left to do.

MAKEFLAGS += --no-print-directory
SHELL := /bin/sh
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
# The first of these that is there; name another with `make demo PYTHON=python3.13`.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && exit; done; echo python3)
UV ?= uv
# How many processes run tests: auto is what tests/conftest.py says of this machine's cores.
WORKERS ?= auto
# A thousand small databases are made in it: in memory where four gigabytes of that are free.
TEMPORARY := $(shell df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 && $$4 > 4000000 { print "TMPDIR=/dev/shm" }')
PIP := $(BIN)/python -m pip --disable-pip-version-check install --progress-bar off --no-deps
LOCK := pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-header --quiet --group build

# Environments hold absolute paths: one that was moved with its folder is made anew.
ifneq ($(shell cat $(VENV)/.made-in 2>/dev/null),$(CURDIR))
MOVED := moved
endif

# What Firsthand can do without, each with a lock of its own: make extras EXTRAS=meaning
EXTRAS ?= meaning rota
KNOWN_EXTRAS := meaning rota meaning-large
# An extra's lock holds what it adds to run.lock, and the very versions that the tests run on.
BESIDE = $(shell sed -n 's/^\([a-z0-9.-]*\)==.*/--no-emit-package \1/p' requirements/run.lock | sort -u)

.PHONY: help demo playground install setup run doctor extras test check audit bench docs words pictures lock clean moved

help: ## list these targets
	@echo 'Firsthand: customers within earshot of everybody. First try: make demo'
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1|\2/p' Makefile | while IFS='|' read -r name text; do \
	  printf '%-18s %s\n' "$$name" "$$text"; done

demo: $(VENV)/.run ## try Firsthand on this machine, with no Slack account
	@exec $(BIN)/firsthand demo $(ARGS)

playground: $(VENV)/.run ## a Slack of your own, for any app: docs/playground.md
	@exec $(BIN)/firsthand playground $(ARGS)

install: $(VENV)/.run ## make the environment in .venv, or bring it up to date, and nothing else
	@echo 'Firsthand is $(BIN)/firsthand.'

setup: $(VENV)/.run ## connect it with your Slack workspace: asks, tries the tokens, writes .env
	@$(BIN)/firsthand setup $(ARGS)

doctor: $(VENV)/.run ## say whether all is well, and what to do where it is not
	@$(BIN)/firsthand doctor $(ARGS)

run: $(VENV)/.run ## run the bot for your Slack workspace (settings: .env.example)
	@exec $(BIN)/firsthand run --migrate $(ARGS)

extras: $(VENV)/.run ## search by meaning and the rota's cheapest matching (one: make extras EXTRAS=rota)
	@for extra in $(EXTRAS); do test -f requirements/$$extra.lock || { \
	  echo "There is no extra '$$extra'. There are: $(KNOWN_EXTRAS)" >&2; exit 1; }; done
	@$(PIP) --require-hashes $(patsubst %,--requirement requirements/%.lock,$(EXTRAS)) >$(VENV)/extras.log 2>&1 || { \
	  tail -n 25 $(VENV)/extras.log >&2; echo 'They could not be installed; what pip said is above.' >&2; exit 1; }
	@printf '%s\n' $(EXTRAS) >>$(VENV)/.extras
	@echo 'Installed: $(EXTRAS). Start Firsthand again, and it uses them.'

test: $(VENV)/.dev ## run all tests (some of them: make test ARGS=tests/stories)
	@$(TEMPORARY) $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

check: $(VENV)/.dev ## lint, format, types, floors, manifest, documents: what CI asks
	@$(BIN)/python -m tools.check $(ARGS)

audit: $(VENV)/.dev ## ask about known holes in what Firsthand runs on (needs a network)
	@$(BIN)/python -m tools.audit

bench: $(VENV)/.dev ## measure everything, write build/benchmarks/index.html (ARGS=--quick: minutes)
	@$(BIN)/python -m benchmarks $(ARGS)

docs: $(VENV)/.dev ## write docs/settings.md, docs/commands.md and .env.example from the code
	@$(BIN)/python -m tools.document

words: $(VENV)/.dev ## bring stories/locale up to date with the code (begin one: make words ARGS=fr)
	@$(BIN)/python -m tools.words $(ARGS)

pictures: $(VENV)/.dev ## draw docs/pictures anew from the demo (needs chromium)
	@$(BIN)/python -m tools.pictures

lock: ## settle every dependency anew (needs uv)
	@command -v "$(UV)" >/dev/null || { echo 'make lock needs uv: pip install uv, or make lock UV=/path/to/uv' >&2; exit 1; }
	"$(UV)" $(LOCK) --upgrade --output-file requirements/run.lock
	"$(UV)" $(LOCK) --upgrade --extra meaning --extra rota --group dev --constraint requirements/run.lock --output-file requirements/dev.lock
	@set -e; for extra in $(KNOWN_EXTRAS); do "$(UV)" $(LOCK) --upgrade --extra $$extra --constraint requirements/dev.lock \
	  $(BESIDE) --output-file requirements/$$extra.lock; done

clean: ## remove the environment and the caches, never your data
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/.made-in: $(MOVED)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Firsthand needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) --version 2>&1)." >&2; \
	  echo 'Install one and name it: make demo PYTHON=python3.13' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "'$(PYTHON)' comes without venv. On Debian or Ubuntu: sudo apt install python3-venv" >&2; exit 1; }
	@echo 'Setting up the environment in $(VENV), once. This takes about half a minute …'
	@$(PYTHON) -m venv --clear $(VENV)
	@printf '%s' "$(CURDIR)" > $@

# What `make extras` installed here before: a newer lock brings newer versions of these as well.
EXTRAS_HERE = $(wildcard $(patsubst %,requirements/%.lock,$(sort $(shell cat $(VENV)/.extras 2>/dev/null))))

# $(call install,run) fills the environment from requirements/run.lock, then puts the command `firsthand` in it.
# What pip says goes to a file, which is shown when it fails.
define install
@started=$$(date +%s); \
  { $(PIP) --require-hashes $(patsubst %,--requirement %,requirements/$(1).lock $(EXTRAS_HERE)) && \
    $(PIP) --no-build-isolation --editable .; } >$(VENV)/install.log 2>&1 || { \
  tail -n 25 $(VENV)/install.log >&2; echo 'Setting up $(VENV) failed; what pip said is above.' >&2; exit 1; }; \
  $(BIN)/python -m tools.install_report $(VENV)/install.log $$started
endef

$(VENV)/.run: requirements/run.lock pyproject.toml $(VENV)/.made-in
	@test ! -f $@ || echo 'Bringing $(VENV) up to date …'
	$(call install,run)
	@touch $@

$(VENV)/.dev: requirements/dev.lock pyproject.toml $(VENV)/.made-in
	@test -f $@ && echo 'Bringing $(VENV) up to date …' || echo 'Adding what checks and tests take. About a minute, once …'
	$(call install,dev)
	@touch $(VENV)/.run $@
