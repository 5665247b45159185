# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# Finds a real Prometheus with promtool and Alertmanager, or puts them into the user's cache. To be sourced:
#
#   dir=$(governance_install_prometheus) || echo "no prometheus"
#   "$dir/prometheus" --version; "$dir/promtool" --version; "$dir/alertmanager" --version; "$dir/amtool" --version
#
# The order is: the directory named by PROMETHEUS_HOME, the cache, Debian's archive.

# shellcheck source=/dev/null
. "$(dirname "${BASH_SOURCE[0]}")/debian.sh"

GOVERNANCE_PROMETHEUS_COMMANDS="prometheus promtool alertmanager amtool"

# Where the cached files are, or will be.
governance_prometheus_cache() {
  printf '%s\n' "${XDG_CACHE_HOME:-$HOME/.cache}/governance/prometheus"
}

governance_prometheus_works() {
  local command
  for command in $GOVERNANCE_PROMETHEUS_COMMANDS; do
    "$1/bin/$command" --version >/dev/null 2>&1 || return 1
  done
}

# Prints the directory of the commands that are here already; fails when there is none. Downloads nothing.
governance_find_prometheus() {
  local command cached
  if [ -n "${PROMETHEUS_HOME:-}" ]; then
    for command in $GOVERNANCE_PROMETHEUS_COMMANDS; do
      [ -x "$PROMETHEUS_HOME/$command" ] && continue
      echo "PROMETHEUS_HOME: $PROMETHEUS_HOME (expected: a directory with the commands $GOVERNANCE_PROMETHEUS_COMMANDS)" >&2
      return 1
    done
    printf '%s\n' "$PROMETHEUS_HOME"
    return 0
  fi
  cached=$(governance_prometheus_cache)
  governance_prometheus_works "$cached" && printf '%s\n' "$cached/bin"
}

# Prints the directory of the commands, after downloading them if there are none. Fails with the reason on stderr.
governance_install_prometheus() {
  governance_find_prometheus && return 0
  [ -z "${PROMETHEUS_HOME:-}" ] || return 1
  # bookworm, whatever this machine is: the oldest Prometheus that is promised to work
  if ! governance_debian_install prometheus bookworm prometheus prometheus-alertmanager; then
    echo "Put the commands $GOVERNANCE_PROMETHEUS_COMMANDS into a directory and name it: export PROMETHEUS_HOME=/path/to/directory" >&2
    return 1
  fi
  governance_find_prometheus
}

# Gives the unpacked packages a bin directory. Debian's Alertmanager reads its templates from a fixed directory of the
# system; unpacked it reads them from a link in its working directory, whose name is as long as the fixed one.
governance_prometheus_place() {
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
}
