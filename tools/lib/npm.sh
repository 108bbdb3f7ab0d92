# npm's packages, exactly as locked.

install_npm_packages() {
  local content
  content="$(cd "$ROOT" && cat package.json package-lock.json | sha256sum) $(node --version) $ROOT"
  if stamp_is npm "$content" && [ -d "$ROOT/node_modules" ]; then
    return 0
  fi
  say "installing npm packages"
  (
    cd "$ROOT"
    if [ -d node_modules ] && [ -z "${CI:-}" ]; then
      # Adds and removes what changed, where 'npm ci' would delete a running server's files.
      quietly "$TOOLCHAIN/log/npm" npm install --no-save
    else
      quietly "$TOOLCHAIN/log/npm" npm ci
    fi
  )
  stamp_set npm "$content"
}
