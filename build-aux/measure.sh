#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Measures the window from outside, in a release build on a display of its own, and prints a table:
#   build-aux/measure.sh [FOLDER]
# Pictures of the window are left in FOLDER, docs unless given. On a machine that does nothing else.
set -euo pipefail

source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build_dir=$source_dir/build-measure
folder=$(realpath -m "${1:-$source_dir/docs}")

{
  "$source_dir/build-aux/deps.sh" test
  [ -f "$build_dir/build.ninja" ] || meson setup "$build_dir" "$source_dir" --buildtype=release
  ninja -C "$build_dir"
} >&2

export SKEIN_BUILD_ROOT=$build_dir NO_PROXY='*' GIO_USE_PROXY_RESOLVER=dummy
exec "$source_dir/tests/ui/ui-session.sh" \
  /usr/bin/python3 "$source_dir/tests/ui/end-to-end/measure.py" "$folder"
