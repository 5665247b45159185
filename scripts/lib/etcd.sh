# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# Finds a real etcd, or puts one into the user's cache. To be sourced:
#
#   bin=$(governance_install_etcd) || echo "no etcd"
#
# The order is: the command named by ETCD_BIN, `etcd` on the PATH, the cache, Debian's archive.

# shellcheck source=/dev/null
. "$(dirname "${BASH_SOURCE[0]}")/debian.sh"

# Where the cached files are, or will be.
governance_etcd_cache() {
  printf '%s\n' "${XDG_CACHE_HOME:-$HOME/.cache}/governance/etcd"
}

governance_etcd_works() {
  "$1/usr/bin/etcd" --version >/dev/null 2>&1
}

# Prints the path of an etcd that is here already; fails when there is none. Downloads nothing.
governance_find_etcd() {
  local cached
  if [ -n "${ETCD_BIN:-}" ]; then
    if [ -x "$ETCD_BIN" ]; then
      printf '%s\n' "$ETCD_BIN"
      return 0
    fi
    echo "ETCD_BIN: $ETCD_BIN (expected: an executable file)" >&2
    return 1
  fi
  if command -v etcd 2>/dev/null; then
    return 0
  fi
  cached=$(governance_etcd_cache)
  governance_etcd_works "$cached" && printf '%s\n' "$cached/usr/bin/etcd"
}

# Prints the path of an etcd, after downloading one if there is none. Fails with the reason on stderr.
governance_install_etcd() {
  governance_find_etcd && return 0
  [ -z "${ETCD_BIN:-}" ] || return 1
  if ! governance_debian_install etcd bookworm etcd-server; then
    echo "Install etcd your way and put it on the PATH, or name it: export ETCD_BIN=/path/to/etcd" >&2
    return 1
  fi
  governance_find_etcd
}

# The package is complete as it is.
governance_etcd_place() {
  :
}
