#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Measures skein-get against curl, wget2, aria2c, axel and a bare loop, with a server of this machine:
#   build-aux/bench.sh [-n RUNS] [-d FOLDER] [ROW…]
#   build-aux/bench.sh limits [CASE…]
# Installs what is missing, builds a release, prints a table for each row and writes tests/bench/RESULTS.md. Without rows
# all of them; without a folder to download to, memory. Needs 5 GB of it.
# With "limits" it measures whether speed limits hold, ten seconds each, and writes nothing.
set -euo pipefail

source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build_dir=$source_dir/build-bench

"$source_dir/build-aux/deps.sh" bench
if [ ! -f "$build_dir/build.ninja" ]; then
  meson setup "$build_dir" "$source_dir" --buildtype=release -Dapp=false -Dtests=false -Dbench=true >&2
fi
ninja -C "$build_dir" >&2

# A mount namespace of its own: only the benchmark shall trust the certificates of the tests.
namespace=(unshare --mount)
if [ "$(id -u)" -ne 0 ]; then
  namespace+=(--map-root-user)
fi

program=bench.py
if [ "${1:-}" = limits ]; then
  program=limits.py
  shift
fi
exec "${namespace[@]}" "$source_dir/tests/bench/$program" --build "$build_dir" "$@"
