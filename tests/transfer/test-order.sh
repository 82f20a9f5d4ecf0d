#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What is on the disk first (P3), and what happens when writing, syncing or renaming fails (F): the system calls
# of skein-get, seen and broken by strace.
set -euo pipefail

calls=pwrite64,fdatasync,fsync,rename,renameat,renameat2,linkat
sweep=6

# Over in one or two seconds, and only after three, when there is a record.
quick='/bytes/6M?rate=1M'
paced='/bytes/6M?rate=350k'

if ! strace -f -e "trace=$calls" true 2> /dev/null; then
  printf '1..0 # SKIP strace does not work here\n'
  exit 0
fi

# The leak check needs ptrace for itself.
export ASAN_OPTIONS="${ASAN_OPTIONS:-}:detect_leaks=0"

root=$(mktemp -d)
server=
options=(-j 1)
number=0

clean_up () {
  [ -z "$server" ] || kill "$server" 2> /dev/null || true
  rm -rf "$root"
}
trap clean_up EXIT

: > "$root/practice"
"$SKEIN_PRACTICE" > "$root/practice" &
server=$!
exec {lines}< <(tail -f -n +1 --pid="$server" "$root/practice")
read -r -t 30 line <&"$lines"
address=$(grep -o 'http://[0-9.:]*' <<< "$line")

ok () {
  number=$((number + 1))
  printf 'ok %d - %s\n' "$number" "$1"
}

not_ok () {
  number=$((number + 1))
  printf 'not ok %d - %s\n' "$number" "$1"
  sed 's/^/# /' "$root/messages" "$root/trace" | tail -n 40
}

# Runs skein-get under strace with the given options, on the given target. Beside the file lies another's.
fetch () {
  local target=$1
  shift
  rm -rf "$root/dir"
  mkdir "$root/dir"
  printf 'theirs' > "$root/dir/other"
  printf 'theirs' > "$root/dir/other.part"
  status=0
  timeout 60 strace -f -o "$root/trace" -e "trace=$calls" "$@" \
    "$SKEIN_GET" "${options[@]}" -d "$root/dir" "$address$target" > /dev/null 2> "$root/messages" || status=$?
}

others_are_there () {
  [ "$(cat "$root/dir/other" "$root/dir/other.part")" = theirstheirs ]
}

# Every call once, whether or not another thread's came between its two halves; the end of it is what counts.
completed () {
  sed -nE -e 's/^[0-9]+ +<\.\.\. ([a-z0-9]+) resumed>.*= 0$/\1/p' \
          -e 's/^[0-9]+ +((fdatasync|fsync|rename[a-z0-9]*|linkat)\(.*)= 0$/\1/p' "$root/trace"
}

# Data before record, record before its name; data before the final name, the folder after it.
check_order () {
  local line data=0 fresh=0 records=0 final=0 folder=0
  while read -r line; do
    case $line in
      fdatasync*) data=1 ;;
      fsync*) fresh=1; folder=$final ;;
      *.part.skein.new*)
        [ "$data$fresh" = 11 ] || return 1
        records=$((records + 1)) data=0 fresh=0 ;;
      rename*.part*)
        [ "$data" = 1 ] || return 1
        final=1 ;;
    esac
  done < <(completed)
  [ "$final$folder" = 11 ] && [ "$records" -ge "$1" ]
}

check_success () {
  [ "$status" -eq 0 ] && [ "$(stat -c %s "$root/dir/$1")" -eq "$2" ] && others_are_there &&
    [ "$(find "$root/dir" -type f | wc -l)" -eq 3 ]
}

# A message in one line, which is not about this program's insides; no file that looks finished.
check_failure () {
  [ "$status" -eq 6 ] && [ "$(wc -l < "$root/messages")" -eq 1 ] &&
    grep -qF ": failed: $2" "$root/messages" && [ ! -e "$root/dir/$1" ] && others_are_there
}

# Each call of a kind fails in turn, until one is beyond those that there are.
inject () {
  local target=$1 call=$2 error=$3 says=$4 n hits=0
  for n in $(seq "$sweep"); do
    fetch "$target" -e "inject=$call:error=$error:when=$n"
    if grep -q '(INJECTED)' "$root/trace"; then
      hits=$((hits + 1))
      check_failure 6M "$says" || { not_ok "$call fails with $error: number $n"; return; }
    else
      check_success 6M 6291456 || { not_ok "$call does not fail: number $n"; return; }
      break
    fi
  done
  if [ "$hits" -gt 0 ]; then
    ok "$call fails with $error: $hits times"
  else
    not_ok "$call was never called"
  fi
}

# The record is a help, not a condition.
inject_into_record () {
  fetch "$paced" -e "inject=$1:error=EIO:when=$2"
  if grep -q '(INJECTED)' "$root/trace" && check_success 6M 6291456; then
    ok "$1 of the record fails"
  else
    not_ok "$1 of the record fails"
  fi
}

fetch "$paced"
if check_success 6M 6291456 && check_order 1; then
  ok 'a paced download: data, record, name, folder'
else
  not_ok 'a paced download: data, record, name, folder'
fi

fetch '/bytes/100k'
if check_success 100k 102400 && check_order 0; then
  ok 'a small download: data, name, folder'
else
  not_ok 'a small download: data, name, folder'
fi

inject "$quick" pwrite64 ENOSPC 'The disk is full'
inject "$quick" pwrite64 EIO 'The disk could not be read or written'
inject "$paced" fdatasync EIO 'The disk could not be read or written'
inject "$quick" renameat2 EIO 'The disk could not be read or written'
inject_into_record renameat 1
inject_into_record fsync 1

# One thread, so that only the sync for the record fails: the kernel tells of a lost write only once.
options=(--blocking)
fetch '/bytes/1M?rate=350k' -e inject=fdatasync:error=EIO:when=1
if grep -q '(INJECTED)' "$root/trace" && check_failure 1M 'The disk could not be read or written'; then
  ok 'fdatasync fails once, for the record'
else
  not_ok 'fdatasync fails once, for the record'
fi

printf '1..%d\n' "$number"
