# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# Finds a real Redis, or puts one into the user's cache. To be sourced:
#
#   bin=$(governance_install_redis) || echo "no redis"
#
# The order is: the command named by REDIS_BIN, `redis-server` on the PATH, the cache, Debian's archive.

# shellcheck source=/dev/null
. "$(dirname "${BASH_SOURCE[0]}")/debian.sh"

# Where the cached files are, or will be.
governance_redis_cache() {
  printf '%s\n' "${XDG_CACHE_HOME:-$HOME/.cache}/governance/redis"
}

governance_redis_works() {
  "$1/bin/redis-server" --version >/dev/null 2>&1
}

# Prints the path of a Redis that is here already; fails when there is none. Downloads nothing.
governance_find_redis() {
  local cached
  if [ -n "${REDIS_BIN:-}" ]; then
    if [ -x "$REDIS_BIN" ]; then
      printf '%s\n' "$REDIS_BIN"
      return 0
    fi
    echo "REDIS_BIN: $REDIS_BIN (expected: an executable file)" >&2
    return 1
  fi
  if command -v redis-server 2>/dev/null; then
    return 0
  fi
  cached=$(governance_redis_cache)
  governance_redis_works "$cached" && printf '%s\n' "$cached/bin/redis-server"
}

# Prints the path of a Redis, after downloading one if there is none. Fails with the reason on stderr.
governance_install_redis() {
  governance_find_redis && return 0
  [ -z "${REDIS_BIN:-}" ] || return 1
  if ! governance_debian_install redis bookworm redis-server redis-tools libatomic1 libhiredis0.14 libjemalloc2 liblua5.1-0 \
    liblzf1 lua-bitop lua-cjson; then
    echo "Install Redis your way and put it on the PATH, or name it: export REDIS_BIN=/path/to/redis-server" >&2
    return 1
  fi
  governance_find_redis
}

# Gives the unpacked packages a command that finds the libraries that came along.
governance_redis_place() {
  local root=$1
  mkdir "$root/bin"
  cat >"$root/bin/redis-server" <<'SCRIPT'
#!/bin/sh
root=$(dirname "$(readlink -f "$0")")/..
LD_LIBRARY_PATH=$(echo "$root"/usr/lib/*-linux-gnu)${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
export LD_LIBRARY_PATH
exec "$root/usr/bin/redis-server" "$@"
SCRIPT
  chmod 755 "$root/bin/redis-server"
}
