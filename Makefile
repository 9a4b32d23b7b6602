# `make demo` and `make test` do all their own set-up: Python 3.11 or newer and a package registry
# are enough. Nothing is written outside this folder but uv's cache.

PYTHON ?= python3
UV := $(or $(shell command -v uv),.tools/bin/uv)
RUN := $(UV) run --frozen --no-sync
# An hour of `python -m benchmarks.soak` or `python -m benchmarks.hostile` is for a machine that does nothing else.
BENCHMARKS := year $(filter-out __init__ echo soak,$(basename $(notdir $(wildcard benchmarks/*.py))))

unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test stories-city faults faults-city bench audit sbom setup

demo: setup
	$(RUN) dondoc playground

# Tests wait for one another's processes and for time to pass: four at once keep two cores busy. What each of the four
# would compile for itself is compiled beside the types.
test: setup
	$(RUN) ruff format --check .
	$(RUN) ruff check .
	$(RUN) mypy & typed=$$!; $(RUN) pytest --collect-only -q > /dev/null; wait $$typed
	$(RUN) pytest -n 4 --dist worksteal

# Each story told a second time, by two replicas on PostgreSQL.
stories-city: setup
	$(RUN) pytest -n 3 --dist worksteal --long tests/stories -k replicas

faults: setup
	$(RUN) pytest -n 2 --dist worksteal --long tests/faults --ignore=tests/faults/test_replicas.py --ignore=tests/faults/test_soak.py
	$(RUN) pytest -n 2 --dist worksteal --long -m long_form --ignore=tests/faults

# Two replicas killed, their PostgreSQL restarted, and three minutes without a pause: a quarter of an hour that wants the
# machine to itself.
faults-city: setup
	$(RUN) pytest --long tests/faults/test_replicas.py tests/faults/test_soak.py

bench: setup
	$(UV) sync --frozen --all-groups
	for name in $(BENCHMARKS); do $(RUN) python -m benchmarks.$$name || exit 1; done

# Known flaws of what is locked, asked of osv.dev: one that is found fails, a list that is not reached is said.
audit: setup
	$(UV) audit --frozen --preview-features audit-command \
	|| { [ $$? -ne 1 ] && echo "audit: not done, see above"; }

# All that is installed, by name, version and hash, as CycloneDX.
sbom: setup
	mkdir -p dist
	$(UV) export --quiet --frozen --no-dev --format cyclonedx1.5 --output-file dist/dondoc.cdx.json

# Compiled once, not in each of the hundred processes of a run of tests.
unexport PYTHONDONTWRITEBYTECODE

setup: $(filter .tools/%,$(UV))
	$(UV) sync --frozen --compile-bytecode

# Where venv comes without pip (Debian splits it off), pip installs into the folder instead.
.tools/bin/uv:
	$(PYTHON) -m venv .tools && .tools/bin/pip install --quiet uv \
	|| { rm -rf .tools && $(PYTHON) -m pip install --quiet --target .tools uv; }
