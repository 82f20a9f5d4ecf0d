#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Every file with text for people is listed in po/POTFILES.in, every file listed is there, the list is
# sorted, and xgettext understands all of it. Speaks TAP. Argument: the source folder.
set -euo pipefail
export LC_ALL=C

cd "$1"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
number=0

# report DESCRIPTION FILE: ok when FILE is empty, else its lines are what is wrong
report () {
  number=$((number + 1))
  if [ -s "$2" ]; then
    echo "not ok $number - $1"
    sed 's/^/# /' "$2"
  else
    echo "ok $number - $1"
  fi
}

{
  grep -rlE '(^|[^[:alnum:]_])(N?C?_|g?ngettext|g?gettext|g_dngettext|g_dgettext|g_dpgettext2?) ?\(' \
    --include='*.[ch]' src || true
  grep -rlE 'translatable="(yes|true)"' --include='*.ui' --include='*.xml' src || true
  find data -name '*.desktop.in' -o -name '*.metainfo.xml.in'
  grep -rl '<summary>' --include='*.gschema.xml' data || true
} | sort -u > "$work/wanted"

grep -vE '^[[:space:]]*(#|$)' po/POTFILES.in > "$work/listed" || true

echo '1..4'
comm -23 "$work/wanted" <(sort -u "$work/listed") > "$work/missing"
report 'every file with translatable text is listed' "$work/missing"

comm -13 "$work/wanted" <(sort -u "$work/listed") > "$work/extra"
report 'every file listed is there and has translatable text' "$work/extra"

sort "$work/listed" | uniq -d > "$work/order"
sort -c "$work/listed" 2>> "$work/order" || true
report 'the list is sorted, without duplicates' "$work/order"

xgettext --files-from=<(comm -12 "$work/wanted" <(sort -u "$work/listed")) --output="$work/out.pot" \
  --from-code=UTF-8 --add-comments --keyword=_ --keyword=N_ --keyword=C_:1c,2 --keyword=NC_:1c,2 \
  --keyword=g_dngettext:2,3 --keyword=g_dgettext:2 2> "$work/warnings" || echo "xgettext failed" >> "$work/warnings"
report 'xgettext reads all of them' "$work/warnings"
