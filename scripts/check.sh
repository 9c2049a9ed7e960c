#!/usr/bin/env bash
# Everything that can be judged without running the product: style, types, layers, templates, migrations, packages.
set -eu
cd "$(dirname "$0")/.."
bin=.venv/bin
export DJANGO_SETTINGS_MODULE=clothier.config.settings PYTHONPATH=src

step() { printf '\n== %s\n' "$1"; }

step "ruff"
"$bin/ruff" check .
"$bin/ruff" format --check .
step "mypy"
"$bin/mypy"
step "import contracts"
"$bin/lint-imports"
step "templates"
"$bin/djlint" --lint --quiet src
step "migrations"
"$bin/python" -m django makemigrations --check --dry-run
step "translations"
if command -v xgettext >/dev/null; then
  "$bin/python" scripts/messages.py
  changed=$(git status --porcelain -- '*.po')
  [ -z "$changed" ] || { echo "the sources say more than the catalogues (make messages):"; echo "$changed"; exit 1; }
else
  echo "not compared: gettext is not installed"
fi
step "production settings"
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
CLOTHIER_PRODUCTION=1 CLOTHIER_SECRET_KEY=$(head -c 48 /dev/urandom | base64) \
  CLOTHIER_VAULT_KEY=$(head -c 48 /dev/urandom | base64) CLOTHIER_HOSTS=shop.example \
  CLOTHIER_HOME=$home "$bin/python" -m django check --deploy --fail-level ERROR
step "known weaknesses of dependencies"
# The audit asks a public database; without a network it cannot answer, and says so instead of passing in silence.
scripts/audit.sh
