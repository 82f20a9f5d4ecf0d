#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Builds Skein and starts it from the build folder, with the given addresses:
#   build-aux/run.sh [ADDRESS…]
# Without a display the addresses are fetched in the terminal; without addresses either, the
# practice server's pictures are, so that there is always something to see.
set -euo pipefail

source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build_dir=$source_dir/build

build () {
  "$source_dir/build-aux/deps.sh" || return
  if [ ! -f "$build_dir/build.ninja" ]; then
    meson setup "$build_dir" "$source_dir" --buildtype=release -Dtests=false || return
  fi
  ninja -C "$build_dir"
}

open_window () {
  local with_bus=()
  if [ -z "${DBUS_SESSION_BUS_ADDRESS:-}" ] && [ ! -S "${XDG_RUNTIME_DIR:-/nowhere}/bus" ]; then
    with_bus=(dbus-run-session --)
  fi
  export GSETTINGS_SCHEMA_DIR=$build_dir/data
  export XDG_DATA_DIRS=$source_dir/data:${XDG_DATA_DIRS:-/usr/local/share:/usr/share}
  export SKEIN_BINDIR=$build_dir/src/practice:$build_dir/src/get
  exec "${with_bus[@]}" "$build_dir/src/app/skein" "$@"
}

fetch () {
  "$build_dir/src/get/skein-get" "$@"
}

fetch_practice_pictures () {
  local folder said line address status=0 number pictures=()
  folder=$(mktemp -d "${TMPDIR:-/tmp}/skein-pictures-XXXXXX")

  exec {said}< <(exec "$build_dir/src/practice/skein-practice" --port 0)
  # shellcheck disable=SC2064  # the id of now is meant
  trap "kill $! 2> /dev/null || true" EXIT
  read -r -t 20 -u "$said" line || true
  address=$(grep -oE 'http://[^[:space:]]+' <<< "$line") ||
    { echo "The practice server did not start." >&2; return 1; }
  address=${address%/}

  for number in {1..12}; do
    pictures+=("$address/pictures/$number.png?rate=200000")
  done
  fetch -d "$folder" "${pictures[@]}" || status=$?
  echo "The practice pictures are in $folder"
  return $status
}

build >&2 || { echo "Skein could not be built; the messages above say why." >&2; exit 1; }

if [ -n "${WAYLAND_DISPLAY:-}${DISPLAY:-}" ]; then
  open_window "$@"
elif [ $# -gt 0 ]; then
  echo "There is no display: fetching in the terminal." >&2
  fetch "$@"
else
  echo "There is no display and no address: fetching the practice pictures." >&2
  fetch_practice_pictures
fi
