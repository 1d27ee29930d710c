#!/usr/bin/env bash
# Style, layout, types, import directions, models. Every rule here has been seen to fail once.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
echo "== ruff";          $bin/ruff check --quiet . && $bin/ruff format --check --quiet .
echo "== mypy";          $bin/mypy --no-error-summary
echo "== import-linter"; PYTHONPATH=. $bin/lint-imports --no-logo >/dev/null || { PYTHONPATH=. $bin/lint-imports; exit 1; }
echo "== models";        $bin/zhengjian lint --strict
