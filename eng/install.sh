#!/usr/bin/env bash
# Installs Debian packages, or says which are missing: eng/install.sh PACKAGE …
set -euo pipefail

fail() {
  printf 'eng/install.sh: %s\n' "$1" >&2
  exit 1
}

[[ $# -gt 0 ]] || exit 0
printf '\n== Installing %s\n' "$*"
command -v apt-get >/dev/null || fail "this system has no apt-get. Install what these Debian packages hold: $*"
as_root=()
if [[ $(id -u) -ne 0 ]]; then
  command -v sudo >/dev/null || fail "installing needs root. Run: apt-get install $*"
  as_root=(sudo --non-interactive env DEBIAN_FRONTEND=noninteractive)
fi
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq && "${as_root[@]}" apt-get install -qq --no-install-recommends "$@" || fail "could not install $*"
