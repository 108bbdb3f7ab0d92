# Configures and builds a preset. Warnings are errors when GRADPAD_WERROR is set, as CI sets it.

# build_preset PRESET [TARGET...]: all targets, or those named.
build_preset() {
  local preset="$1" log="$TOOLCHAIN/log/build-$1"
  shift
  mkdir -p "$TOOLCHAIN/log"
  say "building preset $preset"
  if ! { cmake -S "$ROOT" --preset "$preset" -DGRADPAD_WERROR="${GRADPAD_WERROR:-OFF}" &&
    cmake --build "$ROOT/build/$preset" ${1:+--target "$@"}; } >"$log" 2>&1; then
    grep -A 25 -m 3 -E 'FAILED|[Ee]rror' "$log" || tail -n 40 "$log"
    echo "error: preset $preset does not build; the whole log is $log" >&2
    return 1
  fi
}
