# `make` lists what there is. Everything is installed into .venv; delete that folder and make builds it again.

PY := .venv/bin/python
UV := $(shell command -v uv 2>/dev/null)

ifneq ($(UV),)
PYTHON ?= >=3.11
VENV = uv venv --quiet --seed --python '$(PYTHON)' .venv
INSTALL = uv pip install --quiet --python $(PY) --editable
else
PYTHON ?= python3
VENV = '$(PYTHON)' -m venv .venv
INSTALL = $(PY) -m pip install --quiet --disable-pip-version-check --editable
endif

.PHONY: help lab setup demo test check bench notebooks
.DEFAULT_GOAL := help

help:  ## list these targets
	@sed -n 's/^\([a-z]*\):.*  ## /  make \1	/p' Makefile

lab: .venv/course  ## open the course in JupyterLab, or print its address where there is no browser
	@exec .venv/bin/orchestra-kit lab notebooks

setup: .venv/course  ## only the environment (quick the second time)

demo: .venv/course  ## one task in a terminal, with the embedded model
	@.venv/bin/orchestra-kit demo

test: .venv/tools  ## every test, and every example in a docstring
	@$(PY) -m pytest

check: .venv/tools  ## lint and types
	@$(PY) -m ruff check .
	@$(PY) -m ruff check --quiet --select E501 --config line-length=79 notebooks
	@$(PY) -m mypy

bench: .venv/course  ## what orchestration itself costs, how fast the embedded model is, how long a comparison takes
	@$(PY) bench/orchestration.py
	@$(PY) bench/embedded_model.py
	@$(PY) bench/talks.py
	@$(PY) bench/stepper.py

notebooks: .venv/tools  ## run every notebook and store its outputs (one of them: make notebooks ONLY=notebooks/…)
	@ORCHESTRA_KIT_PREDICTIONS= PYTHONPATH=tests $(PY) -m nbconvert --log-level=WARN --to notebook --execute --inplace \
	    --ExecutePreprocessor.record_timing=False --ExecutePreprocessor.store_widget_state=False \
	    --ExecutePreprocessor.coalesce_streams=True \
	    --NotebookExporter.preprocessors=storing.WithoutViews $(or $(ONLY),notebooks/*.ipynb)

# Two stamps: what the course needs, and what working on it needs on top. A newer pyproject.toml renews both.
# An environment that was left half made, or whose Python is gone, is made again.
.venv/course: pyproject.toml
ifeq ($(UV),)
	@'$(PYTHON)' -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo >&2 \
	    'Python 3.11 or newer is needed: install it, or say where yours is, for example: make setup PYTHON=python3.12'; exit 1; }
	@'$(PYTHON)' -c 'import ensurepip, venv' 2>/dev/null || { echo >&2 \
	    'This Python cannot make environments. On Debian and Ubuntu, run this first: sudo apt-get install python3-venv'; exit 1; }
endif
	@$(PY) -m pip --version >/dev/null 2>&1 || { rm -rf .venv && $(VENV); }
	@echo 'Installing the course into .venv (the first time this takes a minute or two) ...'
	@$(INSTALL) '.[code]'
	@touch $@

.venv/tools: .venv/course
	@echo 'Installing what tests and checks need into .venv ...'
	@$(INSTALL) '.[dev]'
	@touch $@
