#!/usr/bin/env bash
# All checks and all tests. Installs Debian's Chromium, Chinese fonts and PostgreSQL when it may; says loudly what it could not run.
# With CI=true nothing may be left out.
set -euo pipefail
cd "$(dirname "$0")/.."
PYTHON=${PYTHON:-.venv/bin/python}
export PYTHONDONTWRITEBYTECODE=1

missing=()
[ -x /usr/bin/chromium ] || missing+=(chromium)
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
ls /usr/share/fonts/opentype/noto/NotoSansCJK* >/dev/null 2>&1 || missing+=(fonts-noto-cjk)
if [ ${#missing[@]} -gt 0 ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "== installing ${missing[*]}"
  # Debian's package would start a database server of its own; the tests start private ones.
  mkdir -p /etc/postgresql-common && printf 'create_main_cluster = false\n' > /etc/postgresql-common/createcluster.conf
  export DEBIAN_FRONTEND=noninteractive
  { apt-get -qq update && apt-get -qq install -y --no-install-recommends "${missing[@]}"; } >/tmp/zhengjian-apt.log 2>&1 || tail -5 /tmp/zhengjian-apt.log
fi

skipped=()
[ -x /usr/bin/chromium ] || skipped+=(browser)
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || skipped+=(database)
select=""
for marker in "${skipped[@]}"; do
  echo "!! NOT RUN: tests marked '$marker' (missing: ${missing[*]}); install the packages and run again" >&2
  select="${select:+$select and }not $marker"
done
if [ ${#skipped[@]} -gt 0 ] && [ "${CI:-}" = true ]; then
  echo "!! CI must run everything" >&2
  exit 1
fi

bash tests/lint.sh
echo "== tests"
"$PYTHON" -m pytest -q -p no:cacheprovider ${select:+-m "$select"} "$@"
[ ${#skipped[@]} -eq 0 ] || echo "!! passed, but NOT RUN: ${skipped[*]}" >&2
