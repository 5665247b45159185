# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# Puts the programs that tests need into place, and runs tests. To be sourced from the root of the project:
#
#   governance_prepare consul zipkin      # or $GOVERNANCE_PROGRAMS; exports where they are
#   governance_test verify -pl demo-apps/e2e -am

for program in consul docker etcd postgres prometheus redis zipkin zookeeper; do
  # shellcheck source=/dev/null
  . "scripts/lib/$program.sh"
done

GOVERNANCE_PROGRAMS="consul zipkin prometheus redis postgres zookeeper etcd docker"

# Installs programs into the user's cache. Ends the script where one cannot be had that GOVERNANCE_REQUIRE names.
governance_prepare() {
  local program
  for program in "$@"; do
    "governance_prepare_$program" || governance_require "$program"
  done
}

governance_require() {
  case ",${GOVERNANCE_REQUIRE:-}," in
    *",$1,"*) echo "$0: $1 is required here but cannot be used" >&2; exit 1 ;;
    *) echo "$0: no $1: the tests that need it are not run" ;;
  esac
}

governance_prepare_consul() {
  local found
  found=$(governance_install_consul) && export CONSUL_BIN=$found
}

governance_prepare_zipkin() {
  local found
  found=$(governance_install_zipkin) && export ZIPKIN_JAR=$found
}

governance_prepare_prometheus() {
  local found
  found=$(governance_install_prometheus) && export PROMETHEUS_HOME=$found
}

governance_prepare_redis() {
  local found
  found=$(governance_install_redis) && export REDIS_BIN=$found
}

governance_prepare_postgres() {
  local found
  found=$(governance_install_postgres) && export POSTGRES_HOME=$found
}

governance_prepare_zookeeper() {
  local found
  found=$(governance_install_zookeeper) && export ZOOKEEPER_HOME=$found
}

governance_prepare_etcd() {
  local found
  found=$(governance_install_etcd) && export ETCD_BIN=$found
}

governance_prepare_docker() {
  governance_start_docker || return 1
  trap governance_stop_docker EXIT
  governance_build_consul_image
}

# Runs Maven and adds up what it tested. GOVERNANCE_THEN names what is run after it, if it went well. GOVERNANCE_SUMMARY has options for scripts/lib/TestSummary.java. Fails where
# Maven does, and where the summary is not content.
governance_test() {
  local status=0 part=
  case " $* " in *" -Dtest="*) part=--part ;; esac
  find . -path '*/target/surefire-reports' -prune -exec rm -r {} +
  mvn -B -ntp "$@" || status=$?
  [ "$status" -ne 0 ] || "${GOVERNANCE_THEN:-true}" || status=$?
  echo "== summary"
  # shellcheck disable=SC2086 # one word per option
  java scripts/lib/TestSummary.java . $part ${GOVERNANCE_SUMMARY:-} || status=1
  return "$status"
}
