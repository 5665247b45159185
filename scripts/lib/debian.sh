# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# Puts programs from Debian's archive into the user's cache. To be sourced by the file of each program. What comes from the
# archive is checked against Debian's keyring and unpacked, not installed: root is not needed, apt's own state is not
# touched and no daemon is started.

# Runs a function of a file beside this one in a shell of its own, which ends at the first command that fails. `set -e`
# alone does not: what is called by `if`, `!`, `&&` or `||` goes on after a failure.
governance_strictly() {
  local file="${BASH_SOURCE[0]%/*}/$1.sh"
  shift
  "$BASH" -euo pipefail -c '. "$0"; "$@"' "$file" "$@"
}

# Puts packages of a release of Debian into the cache of a program. Fails with the reason on stderr, and leaves nothing then.
#
#   governance_debian_install redis bookworm redis-server libjemalloc2
#
# The program's file has governance_PROGRAM_cache (prints the directory), governance_PROGRAM_place (makes of unpacked
# packages what is to be in it) and governance_PROGRAM_works (whether a directory has a program that runs).
governance_debian_install() {
  local uri
  if ! command -v apt-get >/dev/null || ! command -v dpkg >/dev/null || [ ! -r /usr/share/keyrings/debian-archive-keyring.gpg ]; then
    echo "$1 can be downloaded on Debian and its kin only." >&2
    return 1
  fi
  uri=$(governance_debian_archive)
  if [ -z "$uri" ]; then
    echo "apt names no package archive to take $1 from." >&2
    return 1
  fi
  governance_strictly "$1" governance_debian_unpack "$uri" "$@"
}

# The address of the archive this machine's apt uses.
governance_debian_archive() {
  {
    sed -n 's/^URIs:[[:space:]]*//p' /etc/apt/sources.list.d/*.sources 2>/dev/null || true
    awk '$1 == "deb" { for (i = 2; i <= NF; i++) if ($i ~ /^[a-z+]+:\/\//) { print $i; break } }' /etc/apt/sources.list 2>/dev/null || true
  } | awk '!/security/ && /debian/ && !seen { print $1; seen = 1 }'
}

# For governance_strictly.
governance_debian_unpack() {
  local uri=$1 program=$2 release=$3 dest work package
  local packages=("${@:4}")
  dest=$("governance_${program}_cache")
  mkdir -p "$(dirname "$dest")"
  # One installer at a time: a second one waits here, and finds what the first one placed.
  exec 9>"$dest.lock"
  flock 9
  if "governance_${program}_works" "$dest"; then
    return 0
  fi
  work=$(mktemp -d "$dest.XXXXXX")
  # shellcheck disable=SC2064 # the directory is to be expanded now
  trap "rm -rf '$work'" EXIT
  chmod 755 "$work"
  mkdir -p "$work"/{lists/partial,cache/archives/partial,download,root}
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $uri $release main" >"$work/sources.list"
  local options=(-o "Dir::Etc::sourcelist=$work/sources.list" -o Dir::Etc::sourceparts=- -o "Dir::State::lists=$work/lists"
    -o "Dir::Cache=$work/cache" -o APT::Sandbox::User=root -o Acquire::Languages=none -o Acquire::Retries=3)
  apt-get "${options[@]}" -qq --error-on=any update >&2
  (cd "$work/download" && apt-get "${options[@]}" -qq download "${packages[@]/%//$release}" >&2)
  for package in "$work"/download/*.deb; do
    dpkg -x "$package" "$work/root"
  done
  "governance_${program}_place" "$work/root"
  if ! "governance_${program}_works" "$work/root"; then
    echo "$program was unpacked and does not run." >&2
    return 1
  fi
  # What is in the way does not work. Nobody sees half of the new one.
  rm -rf "$dest"
  mv -T "$work/root" "$dest"
}
