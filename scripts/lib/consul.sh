# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# Finds a real Consul, or puts one into the user's cache. To be sourced:
#
#   bin=$(governance_install_consul) || echo "no consul"
#
# The order is: the command named by CONSUL_BIN, `consul` on the PATH, the cache, Debian's archive. What comes from the
# archive is checked against Debian's keyring and unpacked, not installed: root is not needed and apt's own state is not
# touched.

# Where the cached binary is, or will be.
governance_consul_cache() {
  printf '%s\n' "${XDG_CACHE_HOME:-$HOME/.cache}/governance/consul"
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
  cached="$(governance_consul_cache)/usr/bin/consul"
  [ -x "$cached" ] && printf '%s\n' "$cached"
}

# Prints the path of a Consul, after downloading one if there is none. Fails with the reason on stderr.
governance_install_consul() {
  governance_find_consul && return 0
  [ -z "${CONSUL_BIN:-}" ] || return 1
  if ! command -v apt-get >/dev/null || ! command -v dpkg >/dev/null || [ ! -r /usr/share/keyrings/debian-archive-keyring.gpg ]; then
    echo "Consul can be downloaded on Debian and its kin only." >&2
    echo "Install it your way and put it on the PATH, or name it: export CONSUL_BIN=/path/to/consul" >&2
    return 1
  fi
  local uri
  uri=$(governance_debian_archive)
  if [ -z "$uri" ]; then
    echo "apt names no package archive to take Consul from. Install it and name it: export CONSUL_BIN=/path/to/consul" >&2
    return 1
  fi
  # A subshell, so that the caller's traps and options stay as they are.
  (governance_download_consul "$uri" "$(governance_consul_cache)")
}

# The address of the archive this machine's apt uses.
governance_debian_archive() {
  {
    sed -n 's/^URIs:[[:space:]]*//p' /etc/apt/sources.list.d/*.sources 2>/dev/null || true
    awk '$1 == "deb" { for (i = 2; i <= NF; i++) if ($i ~ /^[a-z+]+:\/\//) { print $i; break } }' /etc/apt/sources.list 2>/dev/null || true
  } | awk '!/security/ && /debian/ && !seen { print $1; seen = 1 }'
}

governance_download_consul() {
  set -euo pipefail
  local uri=$1 dest=$2 work
  mkdir -p "$(dirname "$dest")"
  work=$(mktemp -d "$dest.XXXXXX")
  # shellcheck disable=SC2064 # the directory is to be expanded now
  trap "rm -rf '$work'" EXIT
  chmod 755 "$work"
  mkdir -p "$work"/{lists/partial,cache/archives/partial,download,root}
  # bullseye is the last Debian that has Consul
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $uri bullseye main" >"$work/sources.list"
  local options=(-o "Dir::Etc::sourcelist=$work/sources.list" -o Dir::Etc::sourceparts=- -o "Dir::State::lists=$work/lists"
    -o "Dir::Cache=$work/cache" -o APT::Sandbox::User=root -o Acquire::Languages=none -o Acquire::Retries=3)
  apt-get "${options[@]}" -qq --error-on=any update >&2
  (cd "$work/download" && apt-get "${options[@]}" -qq download consul/bullseye >&2)
  dpkg -x "$work"/download/consul_*.deb "$work/root"
  "$work/root/usr/bin/consul" version >/dev/null
  # One rename: a second installer at the same time sees nothing or the whole thing.
  if [ ! -x "$dest/usr/bin/consul" ]; then
    rm -rf "$dest"
    mv -T "$work/root" "$dest" || [ -x "$dest/usr/bin/consul" ]
  fi
  printf '%s\n' "$dest/usr/bin/consul"
}
