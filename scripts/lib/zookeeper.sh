# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# Finds a real ZooKeeper, or puts one into the user's cache. To be sourced:
#
#   dir=$(governance_install_zookeeper) || echo "no zookeeper"
#   java -cp "$dir/*" org.apache.zookeeper.server.quorum.QuorumPeerMain zoo.cfg
#
# The order is: the directory of jars named by ZOOKEEPER_HOME, the cache, Debian's archive.

# shellcheck source=/dev/null
. "$(dirname "${BASH_SOURCE[0]}")/debian.sh"

# Where the cached files are, or will be.
governance_zookeeper_cache() {
  printf '%s\n' "${XDG_CACHE_HOME:-$HOME/.cache}/governance/zookeeper"
}

governance_zookeeper_works() {
  java -cp "$1/usr/share/java/*" org.apache.zookeeper.version.VersionInfoMain >/dev/null 2>&1
}

# Prints the directory of jars that is here already; fails when there is none. Downloads nothing.
governance_find_zookeeper() {
  local cached
  if [ -n "${ZOOKEEPER_HOME:-}" ]; then
    if compgen -G "$ZOOKEEPER_HOME/zookeeper*.jar" >/dev/null; then
      printf '%s\n' "$ZOOKEEPER_HOME"
      return 0
    fi
    echo "ZOOKEEPER_HOME: $ZOOKEEPER_HOME (expected: the directory of ZooKeeper's jars)" >&2
    return 1
  fi
  cached=$(governance_zookeeper_cache)
  governance_zookeeper_works "$cached" && printf '%s\n' "$cached/usr/share/java"
}

# Prints the directory of jars, after downloading them if there are none. Fails with the reason on stderr.
governance_install_zookeeper() {
  governance_find_zookeeper && return 0
  [ -z "${ZOOKEEPER_HOME:-}" ] || return 1
  # without what only its HTTP interface needs
  if ! governance_debian_install zookeeper bookworm libzookeeper-java libslf4j-java liblog4j1.2-java libcommons-cli-java \
    libcommons-io-java libdropwizard-metrics-java libfindbugs-annotations-java libsnappy-java libnetty-java \
    libguava-java libjackson2-annotations-java libjackson2-core-java libjackson2-databind-java; then
    echo "Download ZooKeeper and name the directory of its jars: export ZOOKEEPER_HOME=/path/to/lib" >&2
    return 1
  fi
  governance_find_zookeeper
}

# The packages are complete as they are.
governance_zookeeper_place() {
  :
}
