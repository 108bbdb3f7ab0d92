# What Debian 12 has only in versions too old: Emscripten, xsimd and Catch2. They are fetched from
# Debian 13 and bookworm-backports with an apt configuration of our own and unpacked into
# .toolchain/; the system's package database is not touched.

EMSCRIPTEN_MIN=3.1.69

# The folder of a usable Emscripten that is on the machine already: EMSDK, or emcc on PATH.
emscripten_on_machine() {
  local folder
  for folder in "${EMSDK:+$EMSDK/upstream/emscripten}" "$(emcc_folder_on_path)"; do
    if [ -n "$folder" ] && [ -f "$folder/cmake/Modules/Platform/Emscripten.cmake" ] &&
      version_at_least "$(tr -d '"' <"$folder/emscripten-version.txt")" "$EMSCRIPTEN_MIN"; then
      echo "$folder"
      return
    fi
  done
  return 1
}
emcc_folder_on_path() {
  have emcc || return 0
  local folder
  folder="$(dirname "$(readlink -f "$(command -v emcc)")")"
  # Debian's and Homebrew's wrappers stand apart from the files.
  local candidate
  for candidate in "$folder" "$folder/../libexec" "$folder/../share/emscripten"; do
    if [ -f "$candidate/emscripten-version.txt" ]; then
      (cd "$candidate" && pwd)
      return
    fi
  done
}

xsimd_on_machine() {
  local folder header
  for folder in ${CMAKE_PREFIX_PATH:+${CMAKE_PREFIX_PATH//:/ }} /usr/local /usr /opt/homebrew; do
    header="$folder/include/xsimd/config/xsimd_config.hpp"
    if [ -f "$header" ] && [ "$(awk '/define XSIMD_VERSION_MAJOR/ {print $3}' "$header")" -ge 13 ]; then
      return 0
    fi
  done
  return 1
}

catch2_on_machine() {
  local file
  for file in ${CMAKE_PREFIX_PATH:+${CMAKE_PREFIX_PATH//:/ }} /usr/local /usr /opt/homebrew; do
    file="$(echo "$file"/{lib,lib/*,share}/cmake/Catch2/Catch2ConfigVersion.cmake | tr ' ' '\n' |
      while read -r f; do [ -f "$f" ] && echo "$f" && break; done || true)"
    if [ -n "$file" ] && grep -q 'PACKAGE_VERSION "3' "$file"; then
      return 0
    fi
  done
  return 1
}

# The packages to unpack, as apt names them.
wanted_packages() {
  if ! emscripten_on_machine >/dev/null; then
    # binaryen is linked against a newer C library than Debian 12's, which so comes along.
    echo emscripten binaryen libc6 libstdc++6 libgcc-s1 node-acorn patchelf/bookworm
  fi
  xsimd_on_machine || echo libxsimd-dev
  catch2_on_machine || echo libcatch2-dev/bookworm-backports
}

# What of it one has to install by hand on another system, a line each. $1 as in system.sh.
missing_private() {
  emscripten_on_machine >/dev/null ||
    echo "Emscripten $EMSCRIPTEN_MIN or newer (emcc on PATH, or EMSDK set)"
  xsimd_on_machine || echo "xsimd 13 or newer (headers; CMAKE_PREFIX_PATH may name its prefix)"
  [ "$1" = web ] || catch2_on_machine || echo "Catch2 3 (CMAKE_PREFIX_PATH may name its prefix)"
}

private_apt() {
  local tool="$1"
  shift
  "$tool" -o Dir::Etc::sourcelist="$TOOLCHAIN/apt/sources.list" -o Dir::Etc::sourceparts=/dev/null \
    -o Dir::State::lists="$TOOLCHAIN/apt/lists" -o Dir::Cache="$TOOLCHAIN/apt/cache" \
    -o APT::Sandbox::User="$(id -un)" -o Acquire::Retries=3 -o Acquire::Languages=none "$@"
}

# The archive this machine installs from, so that a local mirror is honoured here too.
debian_archive() {
  apt-get indextargets --format '$(ORIGIN) $(CODENAME) $(REPO_URI)' 'Created-By: Packages' |
    awk '$1 == "Debian" && $2 == "bookworm" {print $3; exit}'
}

fetch_private() {
  local archive
  archive="$(debian_archive)"
  [ -n "$archive" ] || die "apt-get knows no Debian 12 archive; run 'apt-get update' first"
  mkdir -p "$TOOLCHAIN"/apt/{lists/partial,cache/archives/partial,debs}
  rm -f "$TOOLCHAIN"/apt/debs/*
  local suite
  for suite in trixie bookworm-backports bookworm; do
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $archive $suite main"
  done >"$TOOLCHAIN/apt/sources.list"
  quietly "$TOOLCHAIN/log/private-update" private_apt apt-get update
  # shellcheck disable=SC2046
  (cd "$TOOLCHAIN/apt/debs" &&
    quietly "$TOOLCHAIN/log/private-download" private_apt apt-get download "$@")
}

unpack_private() {
  local deb
  rm -rf "$TOOLCHAIN/usr" "$TOOLCHAIN/newlibc"
  mkdir -p "$TOOLCHAIN/newlibc"
  for deb in "$TOOLCHAIN"/apt/debs/*.deb; do
    case "$(basename "$deb")" in
      libc6_* | libstdc++6_* | libgcc-s1_*) dpkg-deb -x "$deb" "$TOOLCHAIN/newlibc" ;;
      # 1.6 GB unpacked, most of it libraries for dynamic linking and link-time optimisation.
      emscripten_*)
        dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$TOOLCHAIN" --exclude='*/wasm32-emscripten/*pic' \
          --exclude='*/wasm32-emscripten/lto' --exclude='*/emscripten/test' &
        ;;
      *) dpkg-deb -x "$deb" "$TOOLCHAIN" ;;
    esac
  done
  wait "$!" || die "cannot unpack emscripten"
  rm -rf "$TOOLCHAIN"/usr/share/{doc,man} "$TOOLCHAIN"/apt/debs
}

# Debian's Emscripten expects to live in /usr; binaryen expects Debian 13's C library.
adapt_emscripten() {
  local em="$TOOLCHAIN/usr/share/emscripten" libs="$TOOLCHAIN/newlibc/usr/lib/x86_64-linux-gnu" program
  [ -d "$libs" ] || libs="$(dirname "$(find "$TOOLCHAIN/newlibc/usr/lib" -name libc.so.6)")"
  local loader
  loader="$(find "$libs" -maxdepth 1 -name 'ld-linux*.so*' | head -n 1)"
  for program in "$TOOLCHAIN"/usr/bin/wasm*; do
    "$TOOLCHAIN/usr/bin/patchelf" --set-interpreter "$loader" \
      --set-rpath "$libs:$TOOLCHAIN/usr/lib/$(basename "$libs")" "$program"
  done
  sed -i -e "s|^BINARYEN_ROOT.*|BINARYEN_ROOT = '$TOOLCHAIN/usr'|" \
    -e "s|^NODE_JS .*|NODE_JS = '$(command -v node)'|" "$em/.emscripten"
  ln -sfn "$TOOLCHAIN/usr/share/nodejs" "$em/node_modules"
  # Emscripten's scripts are CommonJS; without this, node asks the repository's package.json.
  echo '{ "type": "commonjs" }' >"$TOOLCHAIN/package.json"
}

# Everything above, once. The stamp is the list of packages and the place: a tree that was moved has
# wrong paths inside and is made anew.
fetch_private_toolchain() {
  local packages
  packages="$(wanted_packages | tr '\n' ' ')"
  PRIVATE_STAMP="1 $TOOLCHAIN $packages"
  if [ -z "${packages// /}" ] || ! is_debian_12 || stamp_is private "$PRIVATE_STAMP"; then
    return 0
  fi
  rm -f "$STAMPS/private" "$STAMPS/emscripten"
  say "fetching $packages"
  # shellcheck disable=SC2086
  fetch_private $packages
  unpack_private
  stamp_set private "$PRIVATE_STAMP"
}

# After the system's programs are there (node): makes the unpacked Emscripten run, and leaves
# .toolchain/emscripten pointing to the one that is used.
finish_emscripten() {
  local folder
  if folder="$(emscripten_on_machine)"; then
    ln -sfn "$folder" "$TOOLCHAIN/emscripten"
    return
  fi
  local content="$PRIVATE_STAMP $(command -v node)"
  if ! stamp_is emscripten "$content"; then
    adapt_emscripten
    "$TOOLCHAIN/usr/share/emscripten/emcc" --version >/dev/null || die "the unpacked emcc does not run"
    stamp_set emscripten "$content"
  fi
  ln -sfn "$TOOLCHAIN/usr/share/emscripten" "$TOOLCHAIN/emscripten"
}
