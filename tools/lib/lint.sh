# The formatter and linter. Their output differs between versions, so one version is pinned.

CLANG_TOOLS=19

install_linters() {
  local missing=() tool
  for tool in clang-format clang-tidy clang; do
    have "$tool-$CLANG_TOOLS" || missing+=("$tool-$CLANG_TOOLS")
  done
  [ "${#missing[@]}" -gt 0 ] || return 0
  is_debian_12 || die "please install ${missing[*]}"
  say "installing ${missing[*]}"
  quietly "$TOOLCHAIN/log/apt-lint" as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get -o DPkg::Lock::Timeout=600 install -y --no-install-recommends "${missing[@]}"
}
