# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# Finds a Zipkin server, or puts one into the user's cache. To be sourced:
#
#   jar=$(governance_install_zipkin) || echo "no zipkin"
#
# The order is: the jar named by ZIPKIN_JAR, the cache, Maven Central (through mvn, so with its settings and mirrors).

# shellcheck source=/dev/null
. "$(dirname "${BASH_SOURCE[0]}")/debian.sh"

GOVERNANCE_ZIPKIN_VERSION=3.5.1

# Where the cached jar is, or will be.
governance_zipkin_cache() {
  printf '%s\n' "${XDG_CACHE_HOME:-$HOME/.cache}/governance/zipkin/zipkin-server-$GOVERNANCE_ZIPKIN_VERSION-exec.jar"
}

# Prints the path of a Zipkin that is here already; fails when there is none. Downloads nothing.
governance_find_zipkin() {
  local cached
  if [ -n "${ZIPKIN_JAR:-}" ]; then
    if [ -f "$ZIPKIN_JAR" ]; then
      printf '%s\n' "$ZIPKIN_JAR"
      return 0
    fi
    echo "ZIPKIN_JAR: $ZIPKIN_JAR (expected: Zipkin's executable jar)" >&2
    return 1
  fi
  cached=$(governance_zipkin_cache)
  [ -f "$cached" ] && printf '%s\n' "$cached"
}

# Prints the path of a Zipkin, after downloading one if there is none. Fails with the reason on stderr.
governance_install_zipkin() {
  governance_find_zipkin && return 0
  [ -z "${ZIPKIN_JAR:-}" ] || return 1
  if ! command -v mvn >/dev/null; then
    echo "Zipkin is downloaded by mvn, which is not on the PATH. Or name a jar: export ZIPKIN_JAR=/path/to/zipkin.jar" >&2
    return 1
  fi
  governance_strictly zipkin governance_download_zipkin "$(governance_zipkin_cache)"
}

# For governance_strictly.
governance_download_zipkin() {
  local dest=$1 work
  mkdir -p "$(dirname "$dest")"
  work=$(mktemp -d "$dest.XXXXXX")
  # shellcheck disable=SC2064 # the directory is to be expanded now
  trap "rm -rf '$work'" EXIT
  # Not in the project's directory: its pom and its modules are no part of this
  (cd "$work" && mvn -q -B --strict-checksums org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy \
    -Dartifact="io.zipkin:zipkin-server:$GOVERNANCE_ZIPKIN_VERSION:jar:exec" -DoutputDirectory="$work") >&2 </dev/null
  # One rename, of a file: a second installer at the same time replaces it by the same.
  mv "$work"/zipkin-server-*-exec.jar "$dest"
  printf '%s\n' "$dest"
}
