# One word for each thing a person wants to do. Needs Python 3.11 or newer and make, nothing else.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check -q

.PHONY: demo test lint clients bench assets lock clean

# Install, build data/ into public/, say what was built, ask it one question.
demo: $(VENV)/runtime
	$(BIN)/budgetlod build data -o public
	@echo
	@echo "budgetlod query totals-by-function:"
	$(BIN)/budgetlod query totals-by-function --in public

# Everything a fresh machine can run: formatting, lint, types, layers, tests.
test: $(VENV)/dev lint
	$(BIN)/python -m pytest -n 2 --dist loadgroup -p no:cacheprovider

lint: $(VENV)/dev
	$(BIN)/ruff format --check budgetlod tests benchmarks tools
	$(BIN)/ruff check budgetlod tests benchmarks tools
	$(BIN)/mypy
	$(BIN)/lint-imports

# Software by others that reads what we publish, in environments of its own under .clients/; its tests skip without them.
clients:
	$(PYTHON) tests/clients/environments.py

# Speed and memory, side by side in one run.
bench: $(VENV)/dev
	$(BIN)/python -m benchmarks.build
	$(BIN)/python -m benchmarks.validation
	$(BIN)/python -m benchmarks.publication
	$(BIN)/python -m benchmarks.reading

$(VENV)/runtime: pyproject.toml requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(PIP) install -c requirements.lock -e .
	$(BIN)/python -m compileall -q budgetlod
	@touch $@

$(VENV)/dev: $(VENV)/runtime requirements-dev.txt
	$(PIP) install -c requirements.lock -r requirements-dev.txt
	@touch $@

# Take the scripts of the query page from npm into the package, at the versions of assets/package.json; needs npm.
assets: $(VENV)/dev
	$(BIN)/python -m tools.vendor_assets

# Write the versions of a fresh environment down; review the difference before committing it.
lock:
	rm -rf .venv-lock
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python -m pip --disable-pip-version-check -q install -r requirements-dev.txt -e .
	.venv-lock/bin/python -m pip freeze --exclude-editable --exclude budgetlod > requirements.lock
	rm -rf .venv-lock

clean:
	rm -rf public .clients $(VENV)
