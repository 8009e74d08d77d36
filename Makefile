# Two commands serve a newcomer: `make demo` and `make test`. `make help` lists the rest.
PYTHON ?= python3
VENV ?= .venv
BENCH_VENV ?= .venv-bench
BIN := $(VENV)/bin
STAMPS := $(VENV)/.stamps
HARBORLINE := examples/harborline
AS_OF := 2027-04-19T12:00-04:00
PIN = $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-strip-extras --no-header
# A pin file names everything, so pip looks for nothing else: a newer release of a pinned package changes nothing.
INSTALL = $(BIN)/python -m pip install --quiet --no-deps --require-hashes
# Build tools are pinned like everything else, so nothing is fetched behind pip's back to build durable-rules or gonogo.
INSTALL_SELF = $(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
# durable-rules 2.0.28 builds to something importable on Python 3.13 only with this definition.
ifeq ($(shell $(PYTHON) -c 'import sys; print(sys.version_info >= (3, 13))'),True)
export CPPFLAGS := $(CPPFLAGS) -DPyEval_CallObject=PyObject_CallObject
endif

.DEFAULT_GOAL := help
.PHONY: help demo test lint docs pictures site fuzz torture mutants coverage bench bench-here example requirements matrix wheelhouse system-deps clean

help: ## List what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

demo: $(STAMPS)/runtime ## Set up .venv and run the gate on the Harborline example
	@$(PYTHON) tools/demo.py $(BIN)/gonogo $(HARBORLINE) $(AS_OF) build/demo

test: $(STAMPS)/dev ## Set up .venv and run the whole suite
	$(BIN)/python -m pytest -n auto --dist worksteal

lint: $(STAMPS)/dev ## Style, types, and which way imports point
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(STAMPS)/dev ## Write docs/reference anew from the registries in the code, and the pipeline templates
	$(BIN)/python tools/reference.py docs/reference
	$(BIN)/python tools/pipelines.py .
	$(BIN)/python tools/signs.py

pictures: $(STAMPS)/dev ## Draw the pictures of the README anew: page one of the example, and a terminal session
	$(BIN)/python tools/decision_page.py docs/images/decision-page.png
	$(BIN)/python tools/terminal_session.py docs/images/session.svg

site: $(STAMPS)/dev ## The documentation as a web site, in build/site
	$(BIN)/python tools/site.py build/site

FUZZ_ROUNDS ?= 1 2 3 4 5 6 7 8 9 10
fuzz: $(STAMPS)/dev ## Longer: ten rounds of the suite's random rulesets, files and documents, each with other seeds
	for round in $(FUZZ_ROUNDS); do \
	  GONOGO_FUZZ=$$round $(BIN)/python -m pytest -q -n auto --dist worksteal -p no:randomly \
	    -m "hypothesis or fuzz" --hypothesis-seed=$$round || exit 1; \
	done

torture: $(STAMPS)/dev ## Longer: kill, lose power, fail system calls and tamper, as often as docs/explanation/reliability.md says
	GONOGO_TORTURE=1 $(BIN)/python -m pytest -q -n auto --dist worksteal -p no:randomly -m torture

MUTANTS ?= --sample 40 --seed 1
mutants: $(STAMPS)/dev ## Longer: break the code that decides in small ways, and count which breaks no test notices
	PYTHONPATH=tools $(BIN)/python -m mutants $(MUTANTS)

TESTS ?=
coverage: $(STAMPS)/dev ## Longer: what the suite runs of each room, in lines and branches (TESTS=tests/core for some tests)
	PYTHONPATH=tools $(BIN)/python -m coverage_rooms $(TESTS)

bench: ## Speed and memory, beside what a user would otherwise run (sets up .venv-bench)
	@$(MAKE) bench-here VENV=$(BENCH_VENV)

bench-here: $(STAMPS)/bench
	$(BIN)/python benchmarks/run.py

example: $(STAMPS)/dev ## Write the evidence of the Harborline example anew
	$(BIN)/python $(HARBORLINE)/generate.py
	$(BIN)/python $(HARBORLINE)/history.py

matrix: ## The suite on Python 3.11, 3.12 and 3.13, each in a .venv of its own
	for version in 3.11 3.12 3.13; do \
	  $(MAKE) test PYTHON=python$$version VENV=.venv-$$version || exit 1; \
	done

requirements: $(STAMPS)/dev ## Pin every requirement again, with hashes and without addresses
	$(PIN) --upgrade --group pyproject.toml:build -o requirements/build.txt
	$(PIN) --upgrade pyproject.toml --extra office --extra sign --extra path --extra forecast -o requirements/runtime.txt
	$(PIN) --upgrade -c requirements/build.txt -c requirements/runtime.txt \
	  pyproject.toml --group test --group lint --group build --group site -o requirements/dev.txt
	$(PIN) --upgrade pyproject.toml --group test --group bench -o requirements/bench.txt

wheelhouse: $(STAMPS)/runtime ## Pack every wheel with its hash, to install without an index, a compiler or root
	$(BIN)/python tools/wheelhouse.py wheelhouse

system-deps: ## Debian packages that the tests need (root)
	apt-get update -qq
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	  gcc git libc6-dev openssl openjdk-17-jre-headless \
	  libreoffice-calc python3-uno chromium fonts-dejavu-core libpangoft2-1.0-0 libharfbuzz-subset0

$(STAMPS)/python: requirements/build.txt
	@$(PYTHON) tools/check_machine.py
	$(PYTHON) -m venv $(VENV)
	$(INSTALL) -r requirements/build.txt
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/runtime: requirements/runtime.txt pyproject.toml $(STAMPS)/python
	$(INSTALL) --no-build-isolation -r requirements/runtime.txt
	$(INSTALL_SELF)
	@$(BIN)/python -m pip check
	@$(BIN)/python -m compileall -q src
	@touch $@

$(STAMPS)/dev: requirements/dev.txt pyproject.toml $(STAMPS)/python
	$(INSTALL) --no-build-isolation -r requirements/dev.txt
	$(INSTALL_SELF)
	@$(BIN)/python -m pip check
	@$(BIN)/python -m compileall -q src
	@touch $@ $(STAMPS)/runtime

# gonogo first: checkov asks for older versions of what builds it.
$(STAMPS)/bench: requirements/bench.txt pyproject.toml $(STAMPS)/python
	$(INSTALL_SELF)
	$(INSTALL) -r requirements/bench.txt
	@$(BIN)/python -m compileall -q src
	@touch $@

clean: ## Remove what was built
	rm -rf .venv* build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
