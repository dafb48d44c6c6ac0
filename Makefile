# The two commands a newcomer needs are `make run` and `make test`; both make .venv when it is missing.
# PYTHON=/path/to/python3 chooses the interpreter, FILE=graph.mgp the document to open.

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/installed
UV ?= uv
FITS := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))

.DEFAULT_GOAL := help
.PHONY: help run test soak bench peers golden pictures venv peers-venv lock clean

help:
	@echo 'make run       open the window (FILE=graph.mgp opens a document)'
	@echo 'make test      run the gate: format, lint, types, import contracts, tests'
	@echo 'make soak      run the tests with long counts'
	@echo 'make bench     measure the figures of BENCHMARKS.md (ONLY=canvas: one part)'
	@echo 'make peers     run exported programs with PyTorch and micrograd, and freeze what PyTorch says'
	@echo 'make peers-venv  install what they are compared with, into build/peers'
	@echo 'make golden    approve what the canvas looks like today as what it must look like'
	@echo 'make pictures  drive the real window and write the pictures of the README'
	@echo 'make venv      make .venv with the locked dependencies'
	@echo 'make lock      resolve the dependencies again (needs uv)'
	@echo 'make clean     remove what the other commands made'

# Without arguments the program leaves with 2 only when no window can open; then the main job
# is done in the terminal.
run: $(STAMP)
ifdef FILE
	@$(BIN)/python main.py "$(FILE)"
else
	@$(BIN)/python main.py || { [ $$? -eq 2 ] && $(BIN)/python main.py demo; }
endif

test: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q -n 2

# A test may take minutes here: stacks are printed only when it takes an hour. Python may crash while
# it prints those of a thread that runs.
soak: $(STAMP)
	$(BIN)/python -m pytest -q -n 2 -m 'soak or hypothesis' --hypothesis-profile soak \
	  --timeout 3600 -o faulthandler_timeout=3600

# ONLY=engine measures one part.
bench: $(STAMP)
	$(BIN)/python -m tests.benchmarks $(ONLY)

peers: $(STAMP)
	@test -x build/peers/bin/python || $(MAKE) peers-venv
	$(BIN)/python -m tests.peers.freeze

peers-venv: $(STAMP)
	$(BIN)/python -m venv build/peers
	build/peers/bin/python -m pip install --quiet --disable-pip-version-check \
	  jax==0.10.2 micrograd==0.1.0 numpy torch==2.13.0 NodeGraphQt==0.6.44 PySide6-Essentials==6.11.3 'setuptools<81'

golden: $(STAMP)
	$(BIN)/python -m tests.playground.canvas.golden.gallery

pictures: $(STAMP)
	$(BIN)/python tests/pictures.py

venv: $(STAMP)

$(STAMP): requirements.txt
	@$(BIN)/python -c '$(FITS)' 2>/dev/null || { \
	  for python in $(or $(PYTHON),python3 python3.13 python3.12 python3.11); do \
	    "$$python" -c '$(FITS)' 2>/dev/null && break; python=; \
	  done; \
	  if [ -z "$$python" ]; then \
	    echo 'Python 3.11, 3.12 or 3.13 is needed and none was found; install one, or name it: make PYTHON=/path/to/python3 $(or $(MAKECMDGOALS),venv)' >&2; exit 1; \
	  fi; \
	  if ! "$$python" -c 'import venv, ensurepip' 2>/dev/null; then \
	    echo "$$python cannot make virtual environments; on Debian and Ubuntu: apt-get install $${python##*/}-venv" >&2; exit 1; \
	  fi; \
	  "$$python" -m venv --clear $(VENV); \
	}
	@echo 'Installing the locked dependencies into $(VENV); this happens once.'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

lock:
	$(UV) pip compile --quiet --universal --generate-hashes --no-annotate --python-version 3.11 --group dev \
	  --custom-compile-command 'make lock' --output-file requirements.txt pyproject.toml

clean:
	rm -rf $(VENV) build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find engine playground resources tests -name __pycache__ -type d -prune -exec rm -rf {} +
