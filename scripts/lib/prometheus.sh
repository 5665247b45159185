# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# Finds a real Prometheus with promtool and Alertmanager, or puts them into the user's cache. To be sourced
# after consul.sh:
#
#   dir=$(governance_install_prometheus) || echo "no prometheus"
#   "$dir/prometheus" --version; "$dir/promtool" --version; "$dir/alertmanager" --version; "$dir/amtool" --version
#
# The order is: the directory named by PROMETHEUS_HOME, the cache, Debian's archive. What comes from the archive is checked
# against Debian's keyring and unpacked, not installed: root is not needed, apt's own state is not touched and no daemon
# is started.

GOVERNANCE_PROMETHEUS_COMMANDS="prometheus promtool alertmanager amtool"

# Where the cached commands are, or will be.
governance_prometheus_cache() {
  printf '%s\n' "${XDG_CACHE_HOME:-$HOME/.cache}/governance/prometheus"
}

governance_has_prometheus() {
  local command
  for command in $GOVERNANCE_PROMETHEUS_COMMANDS; do
    [ -x "$1/$command" ] || return 1
  done
}

# Prints the directory of the commands that are here already; fails when there is none. Downloads nothing.
governance_find_prometheus() {
  local cached
  if [ -n "${PROMETHEUS_HOME:-}" ]; then
    if governance_has_prometheus "$PROMETHEUS_HOME"; then
      printf '%s\n' "$PROMETHEUS_HOME"
      return 0
    fi
    echo "PROMETHEUS_HOME: $PROMETHEUS_HOME (expected: a directory with the commands $GOVERNANCE_PROMETHEUS_COMMANDS)" >&2
    return 1
  fi
  cached="$(governance_prometheus_cache)/bin"
  governance_has_prometheus "$cached" && printf '%s\n' "$cached"
}

# Prints the directory of the commands, after downloading them if there are none. Fails with the reason on stderr.
governance_install_prometheus() {
  governance_find_prometheus && return 0
  [ -z "${PROMETHEUS_HOME:-}" ] || return 1
  if ! command -v apt-get >/dev/null || ! command -v dpkg >/dev/null || [ ! -r /usr/share/keyrings/debian-archive-keyring.gpg ]; then
    echo "Prometheus can be downloaded on Debian and its kin only." >&2
    echo "Put the commands $GOVERNANCE_PROMETHEUS_COMMANDS into a directory and name it: export PROMETHEUS_HOME=/path/to/directory" >&2
    return 1
  fi
  local uri
  uri=$(governance_debian_archive)
  if [ -z "$uri" ]; then
    echo "apt names no package archive to take Prometheus from. Install it and name it: export PROMETHEUS_HOME=/path/to/directory" >&2
    return 1
  fi
  # A subshell, so that the caller's traps and options stay as they are.
  (governance_download_prometheus "$uri" "$(governance_prometheus_cache)")
}

governance_download_prometheus() {
  set -euo pipefail
  local uri=$1 dest=$2 work
  mkdir -p "$(dirname "$dest")"
  work=$(mktemp -d "$dest.XXXXXX")
  # shellcheck disable=SC2064 # the directory is to be expanded now
  trap "rm -rf '$work'" EXIT
  chmod 755 "$work"
  mkdir -p "$work"/{lists/partial,cache/archives/partial,download,root}
  # bookworm, whatever this machine is: the oldest Prometheus that is promised to work
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $uri bookworm main" >"$work/sources.list"
  local options=(-o "Dir::Etc::sourcelist=$work/sources.list" -o Dir::Etc::sourceparts=- -o "Dir::State::lists=$work/lists"
    -o "Dir::Cache=$work/cache" -o APT::Sandbox::User=root -o Acquire::Languages=none -o Acquire::Retries=3)
  apt-get "${options[@]}" -qq --error-on=any update >&2
  (cd "$work/download" && apt-get "${options[@]}" -qq download prometheus/bookworm prometheus-alertmanager/bookworm >&2)
  local package
  for package in "$work"/download/*.deb; do
    dpkg -x "$package" "$work/root"
  done
  governance_place_prometheus "$work/root"
  # One rename: a second installer at the same time sees nothing or the whole thing.
  if ! governance_has_prometheus "$dest/bin"; then
    rm -rf "$dest"
    mv -T "$work/root" "$dest" || governance_has_prometheus "$dest/bin"
  fi
  printf '%s\n' "$dest/bin"
}

# Gives the unpacked packages a bin directory. Debian's Alertmanager reads its templates from a fixed directory of the
# system; unpacked it reads them from a link in its working directory, whose name is as long as the fixed one.
governance_place_prometheus() {
  local root=$1
  mkdir "$root/bin"
  ln -s ../usr/bin/prometheus ../usr/bin/promtool ../usr/bin/amtool "$root/bin/"
  perl -pi -e 's{/usr/share/prometheus/alertmanager}{/proc/self/cwd/alertmanager-assets}g' "$root/usr/bin/prometheus-alertmanager"
  ln -s usr/share/prometheus/alertmanager "$root/alertmanager-assets"
  cat >"$root/bin/alertmanager" <<'SCRIPT'
#!/bin/sh
# Paths among the arguments must be absolute.
cd "$(dirname "$(readlink -f "$0")")/.." && exec usr/bin/prometheus-alertmanager "$@"
SCRIPT
  chmod 755 "$root/bin/alertmanager"
  local command
  for command in prometheus promtool alertmanager amtool; do
    "$root/bin/$command" --version >/dev/null 2>&1
  done
}
