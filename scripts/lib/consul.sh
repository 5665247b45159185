# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# Finds a real Consul, or puts one into the user's cache. To be sourced:
#
#   bin=$(governance_install_consul) || echo "no consul"
#
# The order is: the command named by CONSUL_BIN, `consul` on the PATH, the cache, Debian's archive.

# shellcheck source=/dev/null
. "$(dirname "${BASH_SOURCE[0]}")/debian.sh"

# Where the cached files are, or will be.
governance_consul_cache() {
  printf '%s\n' "${XDG_CACHE_HOME:-$HOME/.cache}/governance/consul"
}

governance_consul_works() {
  "$1/usr/bin/consul" version >/dev/null 2>&1
}

# Prints the path of a Consul that is here already; fails when there is none. Downloads nothing.
governance_find_consul() {
  local cached
  if [ -n "${CONSUL_BIN:-}" ]; then
    if [ -x "$CONSUL_BIN" ]; then
      printf '%s\n' "$CONSUL_BIN"
      return 0
    fi
    echo "CONSUL_BIN: $CONSUL_BIN (expected: an executable file)" >&2
    return 1
  fi
  if command -v consul 2>/dev/null; then
    return 0
  fi
  cached=$(governance_consul_cache)
  governance_consul_works "$cached" && printf '%s\n' "$cached/usr/bin/consul"
}

# Prints the path of a Consul, after downloading one if there is none. Fails with the reason on stderr.
governance_install_consul() {
  governance_find_consul && return 0
  [ -z "${CONSUL_BIN:-}" ] || return 1
  # bullseye is the last Debian that has Consul
  if ! governance_debian_install consul bullseye consul; then
    echo "Install Consul your way and put it on the PATH, or name it: export CONSUL_BIN=/path/to/consul" >&2
    return 1
  fi
  governance_find_consul
}

# The package is complete as it is.
governance_consul_place() {
  :
}
