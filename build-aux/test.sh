#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Builds Skein with warnings as errors and the address and undefined behaviour sanitizers, and runs
# its tests, and after them the fuzz targets for SKEIN_FUZZ_SECONDS each, 30 if it is not set:
#   build-aux/test.sh [ARGUMENT OF MESON TEST…]
# With arguments only the tests that they name, and no fuzzing. The last line is "N passed, N failed", counting
# single test cases.
set -euo pipefail

source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build_dir=$source_dir/build-test

build () {
  "$source_dir/build-aux/deps.sh" test || return
  if [ ! -f "$build_dir/build.ninja" ]; then
    meson setup "$build_dir" "$source_dir" -Dwerror=true -Db_sanitize=address,undefined || return
  fi
  ninja -C "$build_dir"
}

if ! build; then
  echo "Skein could not be built for its tests; the messages above say why."
  echo "0 passed, 1 failed"
  exit 1
fi

# A count of an earlier run must not stand for this one.
rm -f "$build_dir/meson-logs/testlog.json"
status=0
meson test -C "$build_dir" --no-rebuild --print-errorlogs "$@" || status=$?

fuzzing=()
if [ $# -eq 0 ] && [ "${SKEIN_FUZZ_SECONDS:-30}" -gt 0 ]; then
  fuzzing=("$build_dir/fuzz.tap")
  # The same search each time: what it finds is new because of a change, not by chance.
  SKEIN_FUZZ_SEED=${SKEIN_FUZZ_SEED:-1} "$source_dir/build-aux/fuzz.sh" "${SKEIN_FUZZ_SECONDS:-30}" > "${fuzzing[0]}" || status=$?
  cat "${fuzzing[0]}"
fi
"$source_dir/build-aux/count-tests.py" "$build_dir/meson-logs/testlog.json" "$status" "${fuzzing[@]}"
