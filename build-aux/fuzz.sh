#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Builds the fuzz targets with clang, the address and undefined behaviour sanitizers, and runs each of
# them for some time, as many at once as there are cores:
#   build-aux/fuzz.sh [SECONDS [TARGET…]]
# SKEIN_FUZZ_SEED makes a run repeatable. What it learns is kept in build-fuzz/corpus, what it finds in build-fuzz/findings. Says so in TAP; the
# exit status is 0 only if nothing was found. A finding becomes a named test, and if that says more than the
# test does, a file of tests/fuzz/corpus.
set -euo pipefail

source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build_dir=$source_dir/build-fuzz
corpus_dir=$source_dir/tests/fuzz/corpus
seconds=${1:-30}
shift || true

targets=("$@")
if [ "${#targets[@]}" -eq 0 ]; then
  mapfile -t targets < <(ls "$corpus_dir")
fi

build () {
  "$source_dir/build-aux/deps.sh" fuzz || return
  if [ ! -f "$build_dir/build.ninja" ]; then
    CC=clang meson setup "$build_dir" "$source_dir" -Dfuzz=true -Dapp=false \
      -Db_sanitize=address,undefined -Db_lundef=false || return
  fi
  ninja -C "$build_dir" "${targets[@]/#/tests/fuzz/fuzz-}"
}

fuzz () {
  local target=$1 dictionary=$source_dir/tests/fuzz/$1.dict options=()
  if [ -f "$dictionary" ]; then
    options+=("-dict=$dictionary")
  fi
  mkdir -p "$build_dir/corpus/$target" "$build_dir/findings"
  "$build_dir/tests/fuzz/fuzz-$target" "${options[@]}" \
    -seed="${SKEIN_FUZZ_SEED:-0}" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=8192 -print_final_stats=1 \
    -artifact_prefix="$build_dir/findings/$target-" \
    "$build_dir/corpus/$target" "$corpus_dir/$target" > "$build_dir/$target.log" 2>&1
}

# Leaves its line of TAP, without a number, where report() finds it.
judge () {
  local target=$1 log=$build_dir/$1.log
  if fuzz "$target"; then
    echo "ok - $target: nothing found in $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") runs"
  else
    echo "not ok - $target: a finding"
    tail -n 40 "$log" | sed 's/^/# /'
  fi > "$build_dir/$target.tap"
}

report () {
  local target
  for target in "${targets[@]}"; do
    cat "$build_dir/$target.tap"
  done
  echo "1..${#targets[@]}"
}

build >&2

export G_DEBUG=fatal-warnings
export ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1:allocator_may_return_null=1
export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
running=0
for target in "${targets[@]}"; do
  rm -f "$build_dir/$target.tap"
  if [ "$running" -ge "$(nproc)" ]; then
    wait -n
    running=$((running - 1))
  fi
  judge "$target" &
  running=$((running + 1))
done
wait

report | tee "$build_dir/fuzz.tap"
! grep -q '^not ok' "$build_dir/fuzz.tap"
