# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# Runs the tests that need virtual threads on a newer Java than the build's, where there is one. To be sourced.

# Prints the path of a java of version 21 or newer; fails when there is none. Downloads nothing.
governance_find_newer_java() {
  local home version
  for home in "${JAVA_HOME_21:-}" "${JAVA_HOME_25:-}" "${JAVA_HOME:-}" /usr/lib/jvm/*; do
    [ -n "$home" ] && [ -x "$home/bin/java" ] || continue
    version=$("$home/bin/java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.specification\.version = //p') || continue
    case "$version" in
      '' | *[!0-9]*) ;;
      *) if [ "$version" -ge 21 ]; then printf '%s\n' "$home/bin/java"; return 0; fi ;;
    esac
  done
  return 1
}

# The classes are compiled already; only the tests' own process is of the newer Java. The contracts run once more, handlers
# and callers on virtual threads.
governance_test_virtual_threads() {
  local java
  if java=$(governance_find_newer_java); then
    echo "== virtual threads, on $java"
    mvn -B -ntp -pl governance-starter-tracing,governance-starter-resilience -am test \
      -Dtest="BootExecutorsIntegrationTests,GovernedMethodsTests,$GOVERNANCE_VIRTUAL" \
      -Dsurefire.failIfNoSpecifiedTests=false -Dsurefire.reportNameSuffix=virtual "-Djvm=$java" \
      -Dspring.threads.virtual.enabled=true -Djunit.jupiter.extensions.autodetection.enabled=true
  fi
}

GOVERNANCE_VIRTUAL=TomcatInboundIntegrationTests,JettyInboundIntegrationTests,RestClientJdkContractTests
GOVERNANCE_VIRTUAL+=,RestClientApacheContractTests,FeignDefaultContractTests
