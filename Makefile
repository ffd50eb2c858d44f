# Needs only Python 3.11 or newer and make. Everything else goes into the folder .venv; `make help` lists what there is.

PYTHON ?= python3
VENV ?= .venv
JOBS ?= 2
ARGS ?=

IN := $(VENV)/bin
PIP := $(IN)/python -m pip --disable-pip-version-check --quiet
CODE := bodymap tests benchmarks docs hatch_build.py
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard bodymap/locale/*/LC_MESSAGES/bodymap.po))

.DEFAULT_GOAL := help
.PHONY: help run test check prove messages pictures snapshots benchmark requirements clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' Makefile

run: $(VENV)/run.stamp $(CATALOGUES) ## Open the body map; ARGS="show CODE" runs another command of it
	@$(IN)/bodymap $(ARGS)

test: $(VENV)/dev.stamp $(CATALOGUES) ## Run the tests; ARGS="tests/figure -x" goes to pytest
	$(IN)/python -m pytest -n $(JOBS) $(ARGS)

check: $(VENV)/dev.stamp $(CATALOGUES) ## Check format, style, types and room walls, then run the tests
	$(IN)/ruff format --check $(CODE)
	$(IN)/ruff check $(CODE)
	$(IN)/mypy
	$(IN)/lint-imports
	@$(MAKE) --no-print-directory test

prove: $(VENV)/dev.stamp $(CATALOGUES) ## Run the long proofs that `make test` leaves out
	$(IN)/python -m pytest -m slow -n $(JOBS) $(ARGS)

messages: $(VENV)/dev.stamp ## Bring the catalogues of the interface up to what the code says
	@$(IN)/python docs/make_messages.py
	@$(IN)/python hatch_build.py

pictures: $(VENV)/dev.stamp $(CATALOGUES) ## Draw the pictures of the README again, from the real program
	$(IN)/python docs/make_pictures.py

snapshots: $(VENV)/dev.stamp $(CATALOGUES) ## Take the screens' snapshots again; look at every difference
	$(IN)/python -m pytest tests/tui -n $(JOBS) --snapshot-update $(ARGS)

benchmark: $(VENV)/benchmark.stamp $(CATALOGUES) ## Measure speed; see benchmarks/README.md
	@for file in benchmarks/[!_]*.py; do echo "$$file"; $(IN)/python "$$file" || exit 1; done

clean: ## Remove .venv and everything that can be made again
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis snapshot_report.html $(CATALOGUES)
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment ---------------------------------------------------------------------------------------------------

$(IN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "bodymap needs Python 3.11 or newer; \"$(PYTHON)\" is not. Name one that is: make run PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "No environment could be made with \"$(PYTHON) -m venv\"; some systems have it in a package python3-venv." >&2; exit 1; }

$(VENV)/run.stamp: requirements.txt requirements-build.txt pyproject.toml | $(IN)/python
	@echo "Installing into $(VENV) …"
	@$(PIP) install --require-hashes -r requirements.txt -r requirements-build.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@$(IN)/python -m compileall -q bodymap # so that the first start is as fast as the next, wherever bytecode is not kept
	@touch $@

$(VENV)/dev.stamp: requirements-dev.txt $(VENV)/run.stamp
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $@

$(VENV)/benchmark.stamp: requirements-benchmarks.txt $(VENV)/dev.stamp
	@$(PIP) install --require-hashes -r requirements-benchmarks.txt
	@touch $@

# The installation has compiled the catalogues; one that has changed since, or is gone, is compiled again.
$(CATALOGUES): %.mo: %.po hatch_build.py | $(VENV)/run.stamp
	@$(IN)/python hatch_build.py

# The pins ----------------------------------------------------------------------------------------------------------
# Compiled with the oldest Python we support, from the public index whatever this machine is set up for, and written
# without index, host or path. UPGRADE=--upgrade takes newer versions; without it only what pyproject.toml asks for moves.

UPGRADE ?=
TOOLS := build/pip-tools
COMPILE = PIP_CONFIG_FILE=/dev/null PIP_FIND_LINKS= PIP_EXTRA_INDEX_URL= PIP_INDEX_URL= \
	$(TOOLS)/bin/pip-compile --quiet $(UPGRADE) --generate-hashes --allow-unsafe --strip-extras --no-annotate --no-header \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options

$(TOOLS)/bin/pip-compile:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { \
	  echo "The pins are compiled with Python 3.11: make requirements PYTHON=python3.11" >&2; exit 1; }
	@$(PYTHON) -m venv $(TOOLS)
	@$(TOOLS)/bin/python -m pip --disable-pip-version-check --quiet install 'pip-tools>=7.5,<8'

requirements: $(TOOLS)/bin/pip-compile ## Pin the requirements again, with hashes
	$(COMPILE) --extra=dev -o requirements-dev.txt pyproject.toml
	$(COMPILE) -c requirements-dev.txt -o requirements.txt pyproject.toml
	$(COMPILE) -c requirements-dev.txt --only-build-deps --build-deps-for=editable -o requirements-build.txt pyproject.toml
	$(COMPILE) -c requirements-dev.txt --extra=dev --extra=benchmarks -o requirements-benchmarks.txt pyproject.toml
