#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Builds Skein and installs it, with its launcher:
#   build-aux/install.sh [PREFIX]
# PREFIX is ~/.local unless given; nothing outside of it is changed.
set -euo pipefail

source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
prefix=${1:-$HOME/.local}
build_dir=$source_dir/build-install

case $prefix in
  /*) ;;
  *) prefix=$PWD/$prefix ;;
esac

# Desktop files and bus services write the program's path plainly.
if [[ $prefix =~ [^A-Za-z0-9/._+@~-] ]]; then
  echo "The launcher cannot name programs below $prefix: choose a path without blanks or signs." >&2
  exit 2
fi

"$source_dir/build-aux/deps.sh"
if [ -f "$build_dir/build.ninja" ]; then
  meson configure "$build_dir" --prefix="$prefix"
else
  meson setup "$build_dir" "$source_dir" --prefix="$prefix" --buildtype=release -Dtests=false
fi
ninja -C "$build_dir"

# This also compiles the schemas and refreshes the caches of icons and launchers.
meson install -C "$build_dir" --no-rebuild

if [ -n "${DBUS_SESSION_BUS_ADDRESS:-}" ]; then
  gdbus call --session --dest org.freedesktop.DBus --object-path /org/freedesktop/DBus \
    --method org.freedesktop.DBus.ReloadConfig > /dev/null || true
fi

echo
echo "Skein is installed. Its programs are in $prefix/bin."
case ":${XDG_DATA_HOME:-$HOME/.local/share}:${XDG_DATA_DIRS:-/usr/local/share:/usr/share}:" in
  *":$prefix/share:"* | *":$prefix/share/:"*) ;;
  *)
    echo "Your desktop does not look for launchers and settings there. Before starting your session, set"
    echo "  export XDG_DATA_DIRS=$prefix/share:\${XDG_DATA_DIRS:-/usr/local/share:/usr/share}"
    ;;
esac
