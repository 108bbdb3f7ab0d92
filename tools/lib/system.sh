# Programs that come from the system: what is missing, and how to get it. Debian 12 installs them by
# itself when run as root (or with sudo); elsewhere the list is printed, for nobody likes a script
# that guesses at their package manager.

is_debian_12() {
  [ -r /etc/os-release ] && (. /etc/os-release && [ "${ID:-}" = debian ] && [ "${VERSION_ID:-}" = 12 ])
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif have sudo; then
    sudo "$@"
  else
    die "installing packages needs root or sudo: $*"
  fi
}

find_browser() {
  local name
  for name in "${GRADPAD_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
    if [ -n "$name" ] && have "$name"; then
      command -v "$name"
      return
    fi
  done
  return 1
}

# have_header FILE: whether a C++ header stands where CMake looks for it.
have_header() {
  local folder
  for folder in ${CMAKE_PREFIX_PATH:+${CMAKE_PREFIX_PATH//:/ }} /usr/local /usr /opt/homebrew; do
    [ ! -f "$folder/include/$1" ] || return 0
  done
  return 1
}

# One line per missing program: what it is | the Debian 12 packages that bring it.
# $1: "all", or "web" when only the site is built (no native compiler, no browser).
missing_system_programs() {
  if [ "$1" = all ]; then
    have g++ || have clang++ || echo "a C++20 compiler (g++ 12 or clang 16, or newer)|g++"
    # libedit is wanted only where it costs nothing: without it the prompt has no line editing.
    have_header CLI/CLI.hpp || echo "CLI11 2 (headers)|libcli11-dev libedit-dev"
    find_browser >/dev/null || echo "Chromium|chromium fonts-dejavu-core"
  fi
  version_at_least "$(version_of cmake --version)" 3.25 || echo "CMake 3.25 or newer|cmake"
  have ninja || echo "Ninja|ninja-build"
  have python3 || echo "Python 3.8 or newer|python3"
  version_at_least "$(version_of node --version)" 18 || echo "Node.js 18 or newer|nodejs"
  have npm || echo "npm|npm"
  have ccache || echo "ccache|ccache"
  if is_debian_12 && ! emscripten_on_machine >/dev/null; then
    # What the Emscripten that we unpack there runs.
    [ -x /usr/lib/llvm-19/bin/clang ] || echo "LLVM 19's clang|clang-19"
    [ -x /usr/lib/llvm-19/bin/wasm-ld ] || echo "LLVM 19's linker|lld-19"
    [ -x /usr/lib/llvm-19/bin/llvm-ar ] || echo "LLVM 19's tools|llvm-19"
  fi
}

# A machine set up before Debian 13 came out does not know its signing keys.
knows_trixie() { [ -f /usr/share/keyrings/debian-archive-trixie-stable.gpg ]; }

# Once before anything is asked of apt.
refresh_package_lists() {
  say "reading Debian's package lists"
  quietly "$TOOLCHAIN/log/apt-update" as_root apt-get -o DPkg::Lock::Timeout=600 update
  if ! knows_trixie; then
    quietly "$TOOLCHAIN/log/apt-keyring" as_root apt-get -o DPkg::Lock::Timeout=600 install -y \
      debian-archive-keyring
  fi
}

install_system_programs() {
  local missing packages
  missing="$(missing_system_programs "$1")"
  [ -n "$missing" ] || return 0
  packages="$(cut -d'|' -f2 <<<"$missing" | tr '\n' ' ')"
  say "installing $packages"
  # shellcheck disable=SC2086
  quietly "$TOOLCHAIN/log/apt-install" as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get -o DPkg::Lock::Timeout=600 install -y --no-install-recommends ca-certificates $packages
  missing="$(missing_system_programs "$1")"
  [ -z "$missing" ] || die "still missing after installing: $(tr '\n' ';' <<<"$missing")"
}

# Clang with the runtimes of its sanitizers and of libFuzzer. Elsewhere than on Debian 12 the compiler
# that is there serves, if it can.
install_sanitizers() {
  if have clang++-19 && clang++-19 -fsanitize=address -x c++ - -o /dev/null <<<'int main() {}' 2>/dev/null; then
    return 0
  fi
  is_debian_12 || return 0
  refresh_package_lists
  say "installing clang-19 libclang-rt-19-dev"
  quietly "$TOOLCHAIN/log/apt-sanitizers" as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get -o DPkg::Lock::Timeout=600 install -y --no-install-recommends clang-19 libclang-rt-19-dev
}
