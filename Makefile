# Every target sets up what it needs: Python 3.11 or newer and make are all that has to be there.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
JOBS ?= 2

# The first interpreter that is new enough; PYTHON=… on the command line says which.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$name"; break; }; done)

PIP_INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check
# What is read by the type checkers; documents and tests that are not there yet are not asked for.
TYPED = generator/ringback generated/twilio_voice $(wildcard benchmarks/*.py) $(wildcard docs/examples docs/site .ci/action) $(wildcard tests/typing/good tests/diff/pairs)
FORMATTED = generator generated tests benchmarks $(wildcard docs/examples docs/site .ci/action)
# The emulator in this process, held to the document of the settings.
CONTRACT = RINGBACK_TEST_AUTH=AC0123456789abcdef0123456789abcdef:not-a-secret \
	$(BIN)/ringback test --app ringback.emulator:create_app
REPORTS := build/contract
EFFECTIVE = --overlay spec/overlays/twilio.yaml --overlay spec/overlays/resources.yaml

.PHONY: help setup run test check check-format check-types check-documents bench corpus readers lock clean mock contract cluster strength contract-seeds roundtrip docs reference tutorial

help:
	@echo "make run    check the voice document, generate its bindings, make calls with them, also through the emulator;"
	@echo "            then hold the emulator to the document, and say where the page about that is"
	@echo "make test   run all tests"
	@echo "make check  formatting, types, the documents, and whether generated/ is up to date"
	@echo "make bench  measure speed and memory beside other tools; writes benchmarks/RESULTS.md (PART=emulator: that alone)"
	@echo "make contract  hold the emulator to the document, for longer than make run does"
	@echo "make cluster   the same campaign by one process and by two workers, one of them killed"
	@echo "make strength  how much the tests notice; writes the tables into docs/contract-strength.md (about an hour)"
	@echo "make readers                have openapi-core read the bytes of every parameter style"
	@echo "make corpus DOCUMENTS=DIR   generate, import and type-check every document of a folder; writes docs/corpus.md"
	@echo "make contract-seeds  the emulator and the document, five seeds"
	@echo "make roundtrip  client and stub of sixteen documents, fifty examples an operation (EXAMPLES=n)"
	@echo "make docs   the documentation as a site, in build/site; make reference writes its pages that are made of the code"
	@echo "make tutorial  follow docs/tutorial.md word for word, in a fresh environment, and say how long that takes"
	@echo "make mock   hold the mock to documents of others, and put it beside Prism; writes docs/mock.md"
	@echo "make lock   write requirements.lock anew"
	@echo "make clean  remove what these targets made"

setup: $(READY)

$(READY): pyproject.toml requirements.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; PYTHON=… says where it is" >&2; exit 1; }
	@echo "setting up $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv $(VENV)
	@$(PIP_INSTALL) --constraint requirements.lock --editable '.[dev]'
	@touch $@

run: $(READY)
	@$(BIN)/ringback validate
	@$(BIN)/ringback generate
	@$(BIN)/python docs/examples/walkthrough.py
	@mkdir -p $(REPORTS)
	@$(CONTRACT) --max-time 20 --report html=$(REPORTS)/report.html

test: $(READY)
	$(BIN)/python -m pytest --numprocesses $(JOBS) --dist loadscope

# Three parts, so that `make --keep-going check` says everything that is wrong.
check: check-format check-types check-documents

check-format: $(READY)
	$(BIN)/ruff check --quiet $(FORMATTED)
	$(BIN)/black --check --quiet $(FORMATTED)

check-types: $(READY)
	MYPYPATH=benchmarks:docs/examples $(BIN)/mypy --strict $(TYPED)
	$(BIN)/pyright --pythonpath $(BIN)/python $(TYPED)

check-documents: $(READY)
	$(BIN)/ringback validate spec/voice.yaml --no-overlay --strict
	$(BIN)/ringback validate spec/voice.yaml $(EFFECTIVE) --strict
	$(BIN)/ringback generate --check

# Mutants of the emulator before the tests, in five seeds, and before schemathesis alone in the first.
strength: $(READY)
	RINGBACK_TEST_AUTH=AC0123456789abcdef0123456789abcdef:not-a-secret $(BIN)/ringback strength \
		--app ringback.emulator:create_app --seed 1 --seed 2 --seed 3 --seed 4 --seed 5 \
		--jobs $(JOBS) --compare schemathesis --report markdown=docs/contract-strength.md

# Every operation has to be reached, and nothing may be found.
contract: $(READY)
	@mkdir -p $(REPORTS)
	$(CONTRACT) --max-time 40 --fail-on 'error,coverage.operations<100' \
		--report html=$(REPORTS)/report.html --report junit=$(REPORTS)/junit.xml

# One process, two workers, and two workers of which one is killed: the same findings, and how long each took.
cluster: $(READY)
	$(BIN)/python benchmarks/spreading.py

contract-seeds: $(READY)
	CONTRACT_SEEDS=1,2,3,4,5 $(BIN)/python -m pytest tests/contract/test_emulator_keeps_to_the_document.py

roundtrip: $(READY)
	ROUNDTRIP=$(or $(EXAMPLES),50) $(BIN)/python -m pytest tests/roundtrip

bench: $(READY)
	$(BIN)/python benchmarks/run.py $(addprefix --only ,$(PART)) $(addprefix --documents ,$(DOCUMENTS))

# Documents of others: large ones take minutes to type-check, so it is asked for by name and no part of `make check`.
# openapi-core and ringback ask for different versions of openapi-spec-validator: it has a Python of its own.
readers: $(READY)
	@$(PYTHON) -m venv .readers
	@.readers/bin/python -m pip install --quiet 'openapi-core==0.23.1' 'werkzeug>=3'
	$(BIN)/python -m pytest --quiet tests/bindings/test_independent_reader.py

corpus: $(READY)
	@test -n "$(DOCUMENTS)" || { echo "which documents? DOCUMENTS=DIR says where they are" >&2; exit 1; }
	$(BIN)/python benchmarks/corpus.py $(DOCUMENTS) --mypy --output docs/corpus.md

docs: $(READY)
	$(BIN)/python docs/site/reference.py --check
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --config-file docs/site/mkdocs.yml
	@echo "file://$(CURDIR)/build/site/index.html"

reference: $(READY)
	$(BIN)/python docs/site/reference.py

tutorial: $(READY)
	$(BIN)/python -m tests.docs.tutorial

# The mock held to documents of others with three seeds, then beside Prism: some minutes.
mock: $(READY)
	$(BIN)/python benchmarks/mocking.py

# Exact versions from a fresh environment; a line that names a place (URL, path) is no version and stays out.
lock:
	@rm -rf $(VENV)-lock
	@$(PYTHON) -m venv $(VENV)-lock
	@$(VENV)-lock/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@{ echo "# Constraints: the versions that 'make test' was run with. Made by 'make lock'."; \
	   $(VENV)-lock/bin/python -m pip freeze --exclude-editable | grep -E '^[A-Za-z0-9._-]+==[^ ]+$$' \
	   | LC_ALL=C sort --ignore-case; } > requirements.lock
	@rm -rf $(VENV)-lock
	@wc -l requirements.lock

clean:
	rm -rf $(VENV) $(VENV)-lock benchmarks/.venvs benchmarks/.work dist build
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis
