#!/usr/bin/env bash
# Style, layout, types, import directions, models. All of them run, so that one round names everything; every rule has been seen to fail once.
set -uo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
export PYTHONPATH=.
failed=()

# check <name> <command>…: a program's own words are shown only when it complains.
check() {
  local name=$1 said
  shift
  echo "== $name"
  said=$("$@" 2>&1) || { failed+=("$name"); echo "$said"; }
}

check ruff          $bin/ruff check --quiet .
check format        $bin/ruff format --check .
check mypy          $bin/mypy --no-error-summary
check import-linter $bin/lint-imports --no-logo
check models        $bin/zhengjian lint --strict

[ ${#failed[@]} -eq 0 ] && exit 0
echo "!! failed: ${failed[*]} (make format puts layout right)" >&2
exit 1
