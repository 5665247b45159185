# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# What the demo needs before it can start: the right tools, and programs that are up to date.

# The first version in the root pom is the project's own
VERSION=$(sed -n 's:.*<version>\(.*\)</version>.*:\1:p' "$ROOT/pom.xml" | head -n 1)
PROGRAMS="governance-embedded-consul governance-config-server governance-gateway
  demo-apps/storefront demo-apps/orders demo-apps/inventory demo-apps/payments"

require_java() {
  JAVA=java
  [ -z "${JAVA_HOME:-}" ] || JAVA=$JAVA_HOME/bin/java
  local found
  if ! found=$("$JAVA" -version 2>&1); then
    complain "java is missing (expected: JDK 17 or newer, on the PATH or named by JAVA_HOME)"
    return 1
  fi
  found=$(printf '%s\n' "$found" | sed -n 's/.* version "\([^"]*\)".*/\1/p' | head -n 1)
  if ! [ "${found%%[!0-9]*}" -ge 17 ] 2>/dev/null; then
    complain "java is version ${found:-unknown} (expected: 17 or newer, on the PATH or named by JAVA_HOME)"
    return 1
  fi
}

require_curl() {
  command -v curl >/dev/null && return 0
  complain "curl is missing (expected: on the PATH)"
  return 1
}

require_build_tools() {
  if ! command -v mvn >/dev/null; then
    complain "mvn is missing (expected: Maven 3.8 or newer on the PATH)"
    return 1
  fi
  if ! command -v "${JAVA%java}javac" >/dev/null; then
    complain "javac is missing: this is a Java runtime only (expected: JDK 17 or newer)"
    return 1
  fi
}

# Why a build is needed; nothing if all programs are there and newer than their sources. The jars themselves cannot
# tell: reproducible builds give them a fixed date.
build_reason() {
  local name
  for name in $FIRST_PARTS $OTHER_PARTS; do
    if [ ! -f "$(part_jar "$name")" ]; then
      echo "$(part_service "$name") is not built yet"
      return 0
    fi
  done
  if [ ! -f "$DEMO/built" ]; then
    echo "not built by scripts/demo yet"
  elif [ -n "$(changed_source)" ]; then
    echo "$(changed_source) has changed"
  fi
}

# Directories count too: theirs is the date of a removal.
changed_source() {
  (cd "$ROOT" && find pom.xml governance-*/pom.xml governance-*/src/main demo-apps/pom.xml demo-apps/*/pom.xml \
    demo-apps/*/src/main -newer "$DEMO/built" 2>/dev/null | head -n 1)
}

missing_program() {
  local name
  for name in $FIRST_PARTS $OTHER_PARTS; do
    if [ ! -f "$(part_jar "$name")" ]; then
      complain "$(part_jar "$name") is missing; run without --no-build"
      return 0
    fi
  done
  return 1
}

build_programs() {
  local log=$LOGS/build.log modules pid
  modules=$(printf '%s,' $PROGRAMS)
  rm -f "$DEMO/built"
  touch "$DEMO/building"
  (cd "$ROOT" && exec mvn -B -Dquick -Dmaven.test.skip=true -pl "${modules%,}" -am package) >"$log" 2>&1 </dev/null &
  pid=$!
  # shellcheck disable=SC2064 # this build
  trap "kill $pid 2>/dev/null; exit 130" INT TERM
  show_build "$pid" "$log"
  if ! wait "$pid"; then
    complain "the build failed; the end of .demo/logs/build.log:"
    grep -v '^\[INFO\]' "$log" | tail -n 25 >&2
    return 1
  fi
  trap - INT TERM
  mv "$DEMO/building" "$DEMO/built"
}

# A line per module while Maven is at work, and for the last ones after it.
show_build() {
  local shown=0 ended= modules
  while [ -z "$ended" ]; do
    kill -0 "$1" 2>/dev/null || ended=yes
    modules=$(building_modules "$2")
    printf '%s\n' "$modules" | grep . | tail -n "+$((shown + 1))"
    shown=$(printf '%s\n' "$modules" | grep -c .)
    [ -n "$ended" ] || sleep 1
  done
}

building_modules() {
  sed -n 's/^\[INFO\] Building \([^ ]*\) .*\(\[[0-9]*\/[0-9]*\]\)$/  \2 \1/p' "$1"
}
