#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What holds for every file we write: the licence line on top, no notes left for later, no trailing
# blanks. Speaks TAP. Argument: the source folder.
set -euo pipefail
export LC_ALL=C

cd "$1"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
number=0

report () {
  number=$((number + 1))
  if [ -s "$2" ]; then
    echo "not ok $number - $1"
    sed 's/^/# /' "$2"
  else
    echo "ok $number - $1"
  fi
}

find src data po tests build-aux .ci meson.build meson_options.txt README.md CONTRIBUTING.md \
  -type f ! -name '*.pyc' ! -name '*.png' ! -name '*.pot' ! -name '*.pem' -print0 > "$work/files"

# Data that a test feeds to the program, and pages to read, carry no licence line.
tr '\0' '\n' < "$work/files" |
  grep -E '\.(c|h|in|ui|xml|css|svg|py|sh|build|supp|po)$|^meson_options.txt$|^\.ci/run$|/LINGUAS$' > "$work/licensed"

echo '1..5'
{ grep -c . "$work/licensed" > "$work/count" && [ "$(cat "$work/count")" -gt 30 ]; } && : > "$work/few" ||
  echo 'too few files found: is this the source folder?' > "$work/few"
report 'the source files are found' "$work/few"

while read -r file; do
  head -n 3 "$file" | grep -q 'SPDX-License-Identifier: GPL-3.0-or-later' || echo "$file"
done < "$work/licensed" > "$work/no-licence"
report 'every source file names its licence on top' "$work/no-licence"

# Spelt apart, so that this file passes its own test.
words='TO''DO|FIX''ME|XX''X|HA''CK'
xargs -0 grep -InwE "$words" < "$work/files" > "$work/notes" || true
report 'no notes left for later' "$work/notes"

xargs -0 grep -InE '[[:blank:]]+$' < "$work/files" > "$work/blanks" || true
report 'no blanks at the end of a line' "$work/blanks"

find tests build-aux .ci -type f \( -name '*.sh' -o -name '*.py' -o -name run \) ! -perm -u+x |
  while read -r file; do
    if head -n 1 "$file" | grep -q '^#!'; then echo "$file"; fi
  done > "$work/not-executable"
report 'every script can be executed' "$work/not-executable"
