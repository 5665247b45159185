# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# Finds a real Redis, or puts one into the user's cache. To be sourced after consul.sh:
#
#   bin=$(governance_install_redis) || echo "no redis"
#
# The order is: the command named by REDIS_BIN, `redis-server` on the PATH, the cache, Debian's archive. What comes from the
# archive is checked against Debian's keyring and unpacked, not installed: root is not needed, apt's own state is not
# touched and no daemon is started.

# Where the cached command is, or will be.
governance_redis_cache() {
  printf '%s\n' "${XDG_CACHE_HOME:-$HOME/.cache}/governance/redis"
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
  cached="$(governance_redis_cache)/bin/redis-server"
  [ -x "$cached" ] && printf '%s\n' "$cached"
}

# Prints the path of a Redis, after downloading one if there is none. Fails with the reason on stderr.
governance_install_redis() {
  governance_find_redis && return 0
  [ -z "${REDIS_BIN:-}" ] || return 1
  if ! command -v apt-get >/dev/null || ! command -v dpkg >/dev/null || [ ! -r /usr/share/keyrings/debian-archive-keyring.gpg ]; then
    echo "Redis can be downloaded on Debian and its kin only." >&2
    echo "Install it your way and put it on the PATH, or name it: export REDIS_BIN=/path/to/redis-server" >&2
    return 1
  fi
  local uri
  uri=$(governance_debian_archive)
  if [ -z "$uri" ]; then
    echo "apt names no package archive to take Redis from. Install it and name it: export REDIS_BIN=/path/to/redis-server" >&2
    return 1
  fi
  # A subshell, so that the caller's traps and options stay as they are.
  (governance_download_redis "$uri" "$(governance_redis_cache)")
}

governance_download_redis() {
  set -euo pipefail
  local uri=$1 dest=$2 work
  mkdir -p "$(dirname "$dest")"
  work=$(mktemp -d "$dest.XXXXXX")
  # shellcheck disable=SC2064 # the directory is to be expanded now
  trap "rm -rf '$work'" EXIT
  chmod 755 "$work"
  mkdir -p "$work"/{lists/partial,cache/archives/partial,download,root}
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $uri bookworm main" >"$work/sources.list"
  local options=(-o "Dir::Etc::sourcelist=$work/sources.list" -o Dir::Etc::sourceparts=- -o "Dir::State::lists=$work/lists"
    -o "Dir::Cache=$work/cache" -o APT::Sandbox::User=root -o Acquire::Languages=none -o Acquire::Retries=3)
  apt-get "${options[@]}" -qq --error-on=any update >&2
  local package packages=(redis-server redis-tools libatomic1 libhiredis0.14 libjemalloc2 liblua5.1-0 liblzf1 lua-bitop lua-cjson)
  (cd "$work/download" && apt-get "${options[@]}" -qq download "${packages[@]/%//bookworm}" >&2)
  for package in "$work"/download/*.deb; do
    dpkg -x "$package" "$work/root"
  done
  governance_place_redis "$work/root"
  # One rename: a second installer at the same time sees nothing or the whole thing.
  if [ ! -x "$dest/bin/redis-server" ]; then
    rm -rf "$dest"
    mv -T "$work/root" "$dest" || [ -x "$dest/bin/redis-server" ]
  fi
  printf '%s\n' "$dest/bin/redis-server"
}

# Gives the unpacked packages a command that finds the libraries that came along.
governance_place_redis() {
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
  "$root/bin/redis-server" --version >/dev/null
}
