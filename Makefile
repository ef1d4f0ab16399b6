# MPDI. `make help` lists the targets.
SHELL := /bin/bash
PYTHON ?= python3
VENV ?= .venv
PORT ?= 8000
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help demo test lint bench messages lock clean

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

$(VENV)/.run: requirements/run.txt setup.cfg pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install -q --no-deps -e .
	touch $@

$(VENV)/.test: requirements/test.txt setup.cfg pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --require-hashes -r requirements/test.txt
	$(BIN)/python -m pip install -q --no-deps -e .
	touch $@ $(VENV)/.run

demo: $(VENV)/.run ## set up, put in the demonstration and write two specifications from examples/, serve the portal on loopback
	$(BIN)/mpdi demo --only-fill --port $(PORT)
	mkdir -p var/demo
	$(BIN)/mpdi specs write examples/nettoyage-fr.yaml --output var/demo/EX-2026-014-nettoyage-fr.docx --dossier var/demo/EX-2026-014-dossier-fr.docx
	$(BIN)/mpdi specs write examples/schoonmaak-nl.yaml --output var/demo/EX-2026-015-schoonmaak-nl.docx --dossier var/demo/EX-2026-015-dossier-nl.docx
	@echo "The portal: http://127.0.0.1:$(PORT)/ (Ctrl-C ends it)"
	$(BIN)/mpdi serve --port $(PORT)

test: $(VENV)/.test ## install what the tests need (Debian packages when root) and run every check
	tests/install-debian-packages
	$(BIN)/ruff check .
	$(BIN)/mypy -p mpdi.clause_library.core -p mpdi.documents -p mpdi.specifications.checking -p mpdi.advice.core -p mpdi.price_check.core -p mpdi.action_plans.core -p mpdi.action_plans.files -p mpdi.lcc -p mpdi.monitoring.detection -p mpdi.monitoring.found_clauses -p mpdi.monitoring.indicators -p tender_parsers
	$(BIN)/mpdi clauses check
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder --durations=40

lint: $(VENV)/.test ## ruff, mypy --strict on the pure packages, the clause library's own checks
	$(BIN)/ruff check .
	$(BIN)/mypy -p mpdi.clause_library.core -p mpdi.documents -p mpdi.specifications.checking -p mpdi.advice.core -p mpdi.price_check.core -p mpdi.action_plans.core -p mpdi.action_plans.files -p mpdi.lcc -p mpdi.monitoring.detection -p mpdi.monitoring.found_clauses -p mpdi.monitoring.indicators -p tender_parsers
	$(BIN)/mpdi clauses check

bench: $(VENV)/.test ## ratios against a limit or a peer measured in the same run
	$(BIN)/python -m benchmarks

messages: $(VENV)/.test ## take up new words of the interface: extract, update, compile the catalogues
	$(BIN)/pybabel -q extract --no-location -F babel.cfg -k _l -k lazy_gettext -k said -o mpdi/translations/messages.pot .
	$(BIN)/pybabel -q update -i mpdi/translations/messages.pot -d mpdi/translations -N --no-wrap
	$(BIN)/pybabel -q compile -d mpdi/translations

lock: ## resolve the exact versions again (needs uv)
	uv pip compile -q --universal --no-strip-extras --generate-hashes --python-version 3.11 --no-header --extra postgresql --extra server setup.cfg -o requirements/run.txt
	uv pip compile -q --universal --no-strip-extras --generate-hashes --python-version 3.11 --no-header --extra postgresql --extra server --extra test setup.cfg -o requirements/test.txt

clean: ## remove what was built; state in var/ stays
	rm -rf build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache $(VENV)
