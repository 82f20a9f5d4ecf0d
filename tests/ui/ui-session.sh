#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs a program with a display, a session bus and folders of its own: ui-session.sh [--a11y-test] PROGRAM [ARGUMENT…]
set -euo pipefail

unset DISPLAY WAYLAND_DISPLAY GTK_A11Y
if [ "${1:-}" = --a11y-test ]; then
  export GTK_A11Y=test
  shift
fi

base=$(mktemp -d "${TMPDIR:-/tmp}/skein-ui-XXXXXX")
trap 'rm -rf "$base"' EXIT
mkdir -m 700 "$base/runtime"
mkdir "$base/home"

export HOME=$base/home XDG_RUNTIME_DIR=$base/runtime
export XDG_DATA_HOME=$HOME/.local/share XDG_CONFIG_HOME=$HOME/.config XDG_CACHE_HOME=$HOME/.cache
export GSK_RENDERER=cairo GDK_DEBUG=gl-disable GDK_BACKEND=x11
export GSETTINGS_BACKEND=memory GIO_USE_VFS=local LANG=C.UTF-8

# The server chooses a free number itself: sessions may start at the same time.
mkfifo "$base/display"
Xvfb -displayfd 3 -screen 0 1280x1024x24 -nolisten tcp -noreset 3> "$base/display" 2> "$base/xvfb.log" &
server=$!
trap 'kill "$server" 2> /dev/null || true; wait; rm -rf "$base"' EXIT
trap 'exit 143' TERM INT
read -r -t 30 number < "$base/display" || { cat "$base/xvfb.log" >&2; exit 1; }
export DISPLAY=:$number

# Services of the bus may print; what a test prints is read by others.
status=0
# shellcheck disable=SC2016  # expanded by the inner shell
dbus-run-session -- bash -c 'exec "$@" 1>&4 4>&-' bash "$@" 4>&1 1>&2 || status=$?
exit "$status"
