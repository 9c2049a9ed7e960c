#!/usr/bin/env bash
# Known weaknesses of the pinned runtime packages. Exit 1 when there is one. A database that cannot be reached, or
# does not know the packages, is said in one line instead of passing in silence.
set -u
cd "$(dirname "$0")/.."
out=$(.venv/bin/pip-audit --disable-pip --require-hashes --requirement requirements/runtime.txt --timeout 10 2>&1)
status=$?
unknown=$(grep -c 'could not be audited' <<<"$out")
if grep -q 'Found .* known vulnerabilit' <<<"$out"; then
  echo "$out"
  exit 1
elif [ "$status" -ne 0 ] || [ "$unknown" -gt 0 ]; then
  echo "not audited: the vulnerability database was out of reach or did not know $unknown packages"
else
  echo "$out"
fi
