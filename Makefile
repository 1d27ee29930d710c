# One file of commands, the same on a laptop and in CI. `make help` lists them.
PYTHON ?= python3
VENV   := .venv
PY     := $(VENV)/bin/python
ZJ     := $(VENV)/bin/zhengjian
# The lists are complete and pinned: nothing is left to resolve, and Python compiles a module when it is first imported.
PIP_OPTIONS := --quiet --disable-pip-version-check --no-compile

.PHONY: help setup setup-dev demo run test lint format bench lock clean

help:           ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:[^#]*##/\t/' | expand -t 12

demo: setup     ## run one technical parameter review on the samples and keep serving (ONCE=1: end by itself)
	$(ZJ) demo $(if $(ONCE),--once)

run: setup      ## serve the engine, the workers and the pages, with an empty registry
	$(ZJ) up

test: setup-dev ## all checks and all tests
	PYTHON=$(PY) bash tests/run.sh

lint: setup-dev ## style, types, import directions, models
	bash tests/lint.sh

format: setup-dev ## put the code into the house's layout
	$(PY) -m ruff format . && $(PY) -m ruff check --fix-only --quiet .

bench: setup-dev ## print ratios against named baselines
	$(PY) -m benchmarks

lock:           ## renew requirements/*.txt from *.in (needs `uv`)
	for list in run dev node; do uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-header --no-annotate --upgrade requirements/$$list.in -o requirements/$$list.txt || exit 1; done

clean:          ## remove everything generated in this folder, the demonstration too; other data in var/ stays
	rm -rf $(VENV) var/demo build gateway/assets/node_modules gateway/static/vendor *.egg-info .*_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@rmdir var 2>/dev/null || [ ! -e var ] || echo "var/ holds the data of \`make run\` and was left alone; remove it yourself if you mean it."

setup: $(VENV)/run.stamp gateway/static/vendor/stamp
setup-dev: setup $(VENV)/dev.stamp

$(VENV)/run.stamp: requirements/run.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=/path/to/python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(PY) -m pip install $(PIP_OPTIONS) --require-hashes --no-deps -r requirements/run.txt
	$(PY) -m pip install $(PIP_OPTIONS) --no-deps --no-build-isolation --no-index -e .
	touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/run.stamp
	$(PY) -m pip install $(PIP_OPTIONS) --require-hashes --no-deps -r requirements/dev.txt
	touch $@

gateway/static/vendor/stamp: gateway/assets/package-lock.json gateway/assets/install.py $(VENV)/run.stamp
	$(PY) gateway/assets/install.py
	touch $@
