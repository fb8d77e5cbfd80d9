# Wanjia (万家). `make run` serves a sample community, `make test` runs everything CI runs.
PYTHON ?= python3
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run test check bench types screens lighthouse setup setup-dev system prerequisites lock clean contracts frontend \
        check-python check-contracts check-frontend test-python test-gas test-frontend demo

## people
run: setup                      ## serve the sample community; again: resume with everything still there
	@$(BIN)/wanjia up --sample

demo: setup                     ## hold a whole meeting by command line, then audit it
	@$(BIN)/wanjia demo

test: setup-dev                 ## everything .ci/run runs
	@$(MAKE) --no-print-directory -j 2 check test-gas test-frontend frontend
	@$(MAKE) --no-print-directory test-python

check: check-frontend check-contracts check-python   ## linters, types, formats

check-python: setup-dev
	$(BIN)/ruff check backend tests hardhat-free-scripts migrations
	$(BIN)/ruff format --check backend tests hardhat-free-scripts migrations
	$(BIN)/mypy
	$(BIN)/lint-imports

check-contracts: setup-dev
	npx --no-install prettier --check --log-level warn 'contracts/**/*.sol'
	npx --no-install solhint --quiet --disc --noPoster --config contracts/.solhint.json 'contracts/**/*.sol'
	PATH="$(CURDIR)/$(BIN):$$PATH" slither contracts/FundLedgerFactory.sol --config-file contracts/slither.config.json

check-frontend: setup-dev
	npx --no-install prettier --check --log-level warn 'frontend/src/**/*.{ts,vue,json,css}'
	npm run --silent check --workspace frontend

bench: setup-dev frontend                ## the README's figures, also as var/bench.json
	$(BIN)/python tests/bench/run.py

screens: setup-dev frontend       ## a picture of every page on phone and desk, in var/screens/index.html
	$(BIN)/python tests/browser/screens.py $(SCREENS)

lighthouse: setup-dev frontend    ## Lighthouse's marks of the owner's pages, also as var/lighthouse.json
	$(BIN)/python tests/browser/lighthouse.py

types: setup-dev                ## the front end's types of the API, from its OpenAPI document
	@mkdir -p var
	$(BIN)/python -m wanjia.web.specification > var/openapi.json
	npm run --silent types --workspace frontend

docs/errors.md: backend/wanjia/domain/error_codes.py $(wildcard backend/wanjia/locales/*.json)
	$(BIN)/python -m wanjia.locales.table > $@

## parts of the test
test-gas: setup-dev
	$(BIN)/python hardhat-free-scripts/gas_snapshot.py --check

test-frontend: setup-dev
	npm run --silent test --workspace frontend

test-python: setup-dev frontend
	$(BIN)/pytest -q -n 3 --dist loadscope --no-loadscope-reorder --durations=25

## set-up, each step only when what it depends on changed
prerequisites:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "需要 Python 3.11 或更新版本 / Python 3.11 or newer is needed")'
	@command -v node >/dev/null || { echo "需要 Node.js 20 或更新版本 / Node.js 20 or newer is needed"; exit 1; }
	@node -e 'if (+process.versions.node.split(".")[0] < 20) { console.error("需要 Node.js 20 或更新版本 / Node.js 20 or newer is needed"); process.exit(1) }'
	@$(PYTHON) -c 'import venv, ensurepip' || { echo "缺少 venv 模块：请安装 python3-venv / the venv module is missing: install python3-venv"; exit 1; }

setup: prerequisites .venv/.installed node_modules/.installed contracts frontend

setup-dev: prerequisites system .venv/.installed-dev node_modules/.installed contracts

.venv/.installed: requirements.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -q --require-hashes -r requirements.txt
	$(BIN)/pip install -q --no-deps --no-build-isolation -e .
	@touch $@

.venv/.installed-dev: .venv/.installed requirements-dev.txt
	$(BIN)/pip install -q --require-hashes -r requirements-dev.txt
	@touch $@

node_modules/.installed: package.json package-lock.json frontend/package.json
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

contracts: .venv/.installed node_modules/.installed
	@$(BIN)/python hardhat-free-scripts/compile.py

frontend: frontend/dist/index.html

frontend/dist/index.html: node_modules/.installed $(shell find frontend/src frontend/public frontend/index.html frontend/vite.config.ts -type f 2>/dev/null)
	npm run --silent build --workspace frontend
	@touch $@

system:                         ## what tests need from the system: Chromium, PostgreSQL, a Chinese font
	@.ci/system-packages

lock:                           ## pin dependencies anew, with hashes and without hosts
	$(BIN)/pip install -q pip-tools
	$(BIN)/pip-compile -q --allow-unsafe --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --strip-extras -o requirements.txt requirements.in
	$(BIN)/pip-compile -q --allow-unsafe --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --strip-extras -o requirements-dev.txt requirements-dev.in
	npm install --package-lock-only --ignore-scripts

clean:                          ## remove what was built; var/ (data of a run) stays
	rm -rf .venv node_modules frontend/dist contracts/build contracts/out contracts/cache
