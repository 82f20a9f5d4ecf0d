#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The files that tell the desktop about Skein are well formed and agree with each other. Speaks TAP.
# Arguments: the source folder, the build folder and the folder programs are installed in.
set -euo pipefail
export LC_ALL=C

id=io.github.skein.Skein
source=$1
data=$2/data
bindir=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
number=0

# check DESCRIPTION COMMAND…
check () {
  number=$((number + 1))
  if "${@:2}" > "$work/out" 2>&1; then
    echo "ok $number - $1"
  else
    echo "not ok $number - $1"
    sed 's/^/# /' "$work/out"
  fi
}

# check_with TOOL DESCRIPTION COMMAND…: skipped on a machine without the tool
check_with () {
  if command -v "$1" > /dev/null; then
    check "${@:2}"
  else
    number=$((number + 1))
    echo "ok $number - $2 # SKIP $1 is not installed"
  fi
}

# Hints that only concern newer versions are fine, complaints are not.
desktop_file () {
  local complaints
  complaints=$(desktop-file-validate "$data/$id.desktop")
  echo "$complaints"
  [ -z "$complaints" ]
}

icons () {
  local icon status=0
  for icon in "scalable/apps/$id.svg" "symbolic/apps/$id-symbolic.svg"; do
    python3 -c 'import sys, xml.dom.minidom; xml.dom.minidom.parse (sys.argv[1])' \
      "$source/data/icons/hicolor/$icon" || status=1
  done
  return $status
}

every_action_has_a_group () {
  local actions action status=0
  actions=$(sed -n 's/^Actions=//p' "$data/$id.desktop")
  [ -n "$actions" ] || return 1
  for action in ${actions//;/ }; do
    grep -qFx "[Desktop Action $action]" "$data/$id.desktop" || { echo "$action"; status=1; }
    grep -qFx "Exec=$bindir/skein --$action" "$data/$id.desktop" || { echo "--$action"; status=1; }
  done
  return $status
}

# GTK paints a symbolic icon by setting the fill of its shapes: a stroke would become a blot.
no_strokes () {
  ! grep -nE 'stroke|style=|<g' "$source/data/icons/hicolor/symbolic/apps/$id-symbolic.svg"
}

echo '1..9'
check_with desktop-file-validate 'the desktop file is valid' desktop_file
check_with appstreamcli 'the metainfo file is valid' \
  appstreamcli validate --no-net "$data/$id.metainfo.xml"
check_with glib-compile-schemas 'the settings schema is valid' \
  glib-compile-schemas --strict --dry-run "$source/data"
check 'the launcher starts the installed program' \
  grep -qFx "Exec=$bindir/skein %U" "$data/$id.desktop"
check 'the bus starts the installed program' \
  grep -qFx "Exec=$bindir/skein --gapplication-service" "$data/$id.service"
check 'the bus name is the application id' grep -qFx "Name=$id" "$data/$id.service"
check 'every action of the launcher has a group and a command' every_action_has_a_group
check 'the icons are well formed' icons
check 'the symbolic icon has no strokes' no_strokes
