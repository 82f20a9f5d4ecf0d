#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What is on the disk first (P3), and what happens when writing, syncing or renaming fails (F): the system calls
# of skein-get, seen and broken by strace.
set -euo pipefail

calls=pwrite64,fdatasync,fsync,rename,renameat,renameat2,linkat,fallocate
sweep=8

# Over in one or two seconds, and only after three, when there is a record; and over at once.
quick='/bytes/6M?rate=1M'
paced='/bytes/6M?rate=350k'
swift='/bytes/2M?rate=4M'

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

# Into an empty folder, but that beside the file lies another's.
prepare () {
  target=$1
  name=${target%%\?*}
  name=${name##*/}
  rm -rf "$root/dir"
  mkdir "$root/dir"
  printf 'theirs' > "$root/dir/other"
  printf 'theirs' > "$root/dir/other.part"
}

# Runs skein-get under strace with the given options, on the given target.
fetch () {
  prepare "$1"
  shift
  status=0
  timeout 60 strace -f -o "$root/trace" -e "trace=$calls" "$@" \
    "$SKEIN_GET" "${options[@]}" -d "$root/dir" "$address$target" > /dev/null 2> "$root/messages" || status=$?
}

# The same once more, with nothing in its way, where the last one left off.
again () {
  status=0
  timeout 60 "$SKEIN_GET" "${options[@]}" -d "$root/dir" "$address$target" > /dev/null 2> "$root/messages" || status=$?
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

# Equal to what the server has, and nothing left beside it.
check_success () {
  [ "$status" -eq 0 ] && cmp -s "$root/dir/$name" "$root/reference/$name" && others_are_there &&
    [ "$(find "$root/dir" -type f | wc -l)" -eq 3 ]
}

# A message in one line, which is not about this program's insides; no file that looks finished.
check_failure () {
  [ "$status" -eq 6 ] && [ "$(wc -l < "$root/messages")" -eq 1 ] &&
    grep -qF ": failed: $1" "$root/messages" && [ ! -e "$root/dir/$name" ] && others_are_there
}

# Each call of a kind fails in turn, until one is beyond those that there are; after each, the next run gets all.
inject () {
  local target=$1 call=$2 error=$3 says=$4 n hits=0
  shift 4
  for n in $(seq "$sweep"); do
    fetch "$target" -e "inject=$call:error=$error:when=$n" "$@"
    if grep -q '(INJECTED)' "$root/trace"; then
      hits=$((hits + 1))
      check_failure "$says" || { not_ok "$call fails with $error: number $n"; return; }
      again
      check_success || { not_ok "$call failed with $error, number $n: again"; return; }
    else
      check_success || { not_ok "$call does not fail: number $n"; return; }
      break
    fi
  done
  if [ "$hits" -gt 0 ]; then
    ok "$call fails with $error: $hits times"
  else
    not_ok "$call was never called"
  fi
}

# Something that there is a way around.
inject_harmless () {
  local target=$1 call=$2 error=$3 what=$4
  shift 4
  fetch "$target" -e "inject=${call%%:*}:error=$error${call#"${call%%:*}"}" "$@"
  if grep -q '(INJECTED)' "$root/trace" && check_success; then
    ok "$what"
  else
    not_ok "$what"
  fi
}

for target in "$quick" "$swift" '/bytes/100k' '/bytes/1M?rate=350k'; do
  "$SKEIN_GET" -q -d "$root/reference" "$address${target%%\?*}"
done

fetch "$paced"
if check_success && check_order 1; then
  ok 'a paced download: data, record, name, folder'
else
  not_ok 'a paced download: data, record, name, folder'
fi

fetch '/bytes/100k'
if check_success && check_order 0; then
  ok 'a small download: data, name, folder'
else
  not_ok 'a small download: data, name, folder'
fi

full='The disk is full'
broken='The disk could not be read or written'
inject "$quick" pwrite64 ENOSPC "$full"
inject "$quick" pwrite64 EIO "$broken"
inject "$swift" pwrite64 EDQUOT "$full"
inject "$swift" pwrite64 EFBIG 'The file is too large for this disk'
inject "$paced" fdatasync EIO "$broken"
inject "$swift" fdatasync ENOSPC "$full"
inject "$swift" renameat2 EIO "$broken"
inject "$swift" renameat2 ENOSPC "$full"
inject "$swift" renameat2 EROFS 'The folder is on a disk that cannot be written to'

# What is made first.
inject "$swift" openat ENOSPC "$full" -e trace=openat -P 2M.part
inject "$swift" openat EROFS 'The folder is on a disk that cannot be written to' -e trace=openat -P 2M.part
inject "$swift" openat EACCES 'You are not allowed to write in this folder' -e trace=openat -P 2M.part

# The record is a help, not a condition, and so is the sync of the folder.
fresh=$root/dir/6M.part.skein.new
inject_harmless "$paced" openat ENOSPC 'the record is not made' -e trace=openat -P 6M.part.skein.new
inject_harmless "$paced" write ENOSPC 'the record is not written' -e trace=write -P "$fresh"
inject_harmless "$paced" fsync EIO 'the record and the folder are not synced'
inject_harmless "$paced" renameat EIO 'the record is not renamed'

# Old kernels, FAT and some FUSE.
inject_harmless "$swift" renameat2 EINVAL 'no rename that replaces nothing'
inject_harmless "$swift" renameat2 EINVAL 'nor hard links' -e inject=linkat:error=EPERM

# Where the kernel says to do it again, and where it has no way to reserve room.
inject_harmless "$swift" pwrite64:when=1+2 EINTR 'writing is interrupted again and again'
options=(-j 1 --preallocate)
inject_harmless "$swift" fallocate EOPNOTSUPP 'room cannot be reserved'
inject_harmless "$swift" fallocate:when=1+2 EINTR 'reserving room is interrupted'
inject "$swift" fallocate ENOSPC "$full"
inject "$swift" fallocate EDQUOT "$full"

# One thread, so that only the sync for the record fails: the kernel tells of a lost write only once.
options=(--blocking)
fetch '/bytes/1M?rate=350k' -e inject=fdatasync:error=EIO:when=1
if grep -q '(INJECTED)' "$root/trace" && check_failure "$broken" && again && check_success; then
  ok 'fdatasync fails once, for the record'
else
  not_ok 'fdatasync fails once, for the record'
fi

# A limit of the user's own is told before the first byte comes.
prepare "$swift"
status=0
(ulimit -f 1000 && exec "$SKEIN_GET" -d "$root/dir" "$address$target") > /dev/null 2> "$root/messages" || status=$?
if check_failure 'The file is too large for this disk' && [ ! -s "$root/dir/2M.part" ] && again && check_success; then
  ok 'the file is longer than allowed'
else
  not_ok 'the file is longer than allowed'
fi

printf '1..%d\n' "$number"
