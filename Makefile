# run: the product on this machine, from an empty folder. test, lint: what CI asks.
# faults: the long form of what test runs in short.
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
# Lint starts the product with a folder and the dummy variables of a server, never with var/.
LINT_VAR := .venv/lint-var
DUMMY := aWRlbnRpdHlpZGVudGl0eWlkZW50aXR5aWRlbnRpdHk=
AS_A_SERVER := SITE_URL=https://letters.example.org SMTP_HOST=smtp.example.org \
	SECRET_KEY=$(DUMMY)$(DUMMY) IDENTITY_KEYS=$(DUMMY) EMAIL_HASH_KEY=$(DUMMY)
.DEFAULT_GOAL := help
.PHONY: help run test faults bench screens lint messages

help:
	@echo "make run       starts everything on this machine and says where"
	@echo "make test      every test, with what it needs installed and started"
	@echo "make faults    kills workers 200 times, takes the broker away for minutes; takes half an hour"
	@echo "make lint      what the checks ask"
	@echo "make bench     every figure beside its baseline"
	@echo "make screens   pictures of every screen and state: var/screens/; LANGUAGES=be for one language"
	@echo "make messages  collects the words to translate, and compiles those that are"

run: .venv/installed-to-run
	@exec $(BIN)/python manage.py run

test: .venv/installed-to-test
	@exec $(BIN)/python tests/everything.py

bench: .venv/installed-to-test
	@exec $(BIN)/python -m benchmarks

screens: .venv/installed-to-test
	@exec $(BIN)/python -m tests.browser.screens $(LANGUAGES)

faults: .venv/installed-to-test
	@FAULTS=long exec $(BIN)/python tests/everything.py faults

lint: .venv/installed-to-test
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/djlint --lint --check templates
	@$(BIN)/deptry .
	@VAR_DIR=$(LINT_VAR) $(BIN)/python manage.py makemigrations --check --dry-run
	@VAR_DIR=$(LINT_VAR) $(AS_A_SERVER) $(BIN)/python manage.py check --deploy --fail-level WARNING
	@VAR_DIR=$(LINT_VAR) $(BIN)/python tests/catalogues.py

messages: .venv/installed-to-test
	@$(BIN)/python manage.py makemessages --all --no-location --no-obsolete
	@for each in campaign/locale/*/LC_MESSAGES; do msgfmt -o $$each/django.mo $$each/django.po; done

.venv/installed-to-run: requirements.txt | .venv/bin/pip
	@echo "Installing packages …"
	@$(BIN)/pip install -qq --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/installed-to-test: tests/requirements.txt requirements.txt | .venv/bin/pip
	@echo "Installing packages, and what the tests need …"
	@$(BIN)/pip install -qq --disable-pip-version-check -r tests/requirements.txt
	@touch $@ .venv/installed-to-run

.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11 …"; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; \
		echo "Python cannot make a virtual environment. On Debian: apt-get install python3-venv"; \
		exit 1; }
