# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# What the demo is made of: the names, instances and ports of its processes, and the command that each one runs.

SERVICES="storefront orders inventory payments"
FIRST_PARTS="registry config-server"
OTHER_PARTS="gateway storefront orders inventory-1 inventory-2 payments"
# What --with may add. They start before the services and end after them.
WATCHERS="zipkin prometheus"
MOST_INSTANCES=9

# The process that runs the Nth instance of a service.
part_name() {
  if [ "$1" = inventory ] || [ "$2" -gt 1 ]; then
    printf '%s-%s\n' "$1" "$2"
  else
    printf '%s\n' "$1"
  fi
}

# The service that a process runs.
part_service() {
  case $1 in
    config-server) printf '%s\n' "$1" ;;
    *) printf '%s\n' "${1%-[0-9]*}" ;;
  esac
}

# The id under which a process is known to the others.
part_instance() {
  case $1 in
    registry | config-server | *-[0-9]*) printf '%s\n' "$1" ;;
    zipkin | prometheus) printf '%s\n' "$1" ;;
    *) printf '%s-1\n' "$1" ;;
  esac
}

# The processes that belong to the running demo, in a fixed order.
known_parts() {
  local service number
  for service in registry config-server $WATCHERS gateway $SERVICES; do
    number=1
    while [ "$number" -le "$MOST_INSTANCES" ]; do
      [ ! -f "$RUN/$(part_name "$service" "$number").port" ] || part_name "$service" "$number"
      number=$((number + 1))
    done
  done
}

require_part() {
  local name
  for name in $(known_parts); do
    [ "$name" != "$1" ] || return 0
  done
  if [ -z "$(known_parts)" ]; then
    complain "The demo is not running. Start it: scripts/demo up"
  else
    complain "${1:-no name} (expected: one of $(known_parts | tr '\n' ' '))"
  fi
  return 1
}

# The port that a part must have; nothing if any will do.
fixed_port() {
  case $1 in
    registry) printf '%s\n' "${DEMO_REGISTRY_PORT:-8500}" ;;
    config-server) printf '%s\n' "${DEMO_CONFIG_SERVER_PORT:-8888}" ;;
    gateway) printf '%s\n' "${DEMO_GATEWAY_PORT:-8080}" ;;
    zipkin) printf '%s\n' "${DEMO_ZIPKIN_PORT:-9411}" ;;
    prometheus) printf '%s\n' "${DEMO_PROMETHEUS_PORT:-9090}" ;;
  esac
}

# The port of a process. One that was chosen once is kept.
part_port() {
  if [ ! -f "$RUN/$1.port" ]; then
    local port
    port=$(fixed_port "$1")
    [ -n "$port" ] || port=$(free_port) || return 1
    printf '%s\n' "$port" >"$RUN/$1.port"
  fi
  cat "$RUN/$1.port"
}

part_url() {
  printf 'http://127.0.0.1:%s\n' "$(part_port "$1")"
}

part_jar() {
  case $1 in
    registry) printf '%s\n' "$ROOT/governance-embedded-consul/target/governance-embedded-consul-$VERSION-exec.jar" ;;
    config-server | gateway) printf '%s\n' "$ROOT/governance-$1/target/governance-$1-$VERSION.jar" ;;
    *) printf '%s\n' "$ROOT/demo-apps/$(part_service "$1")/target/demo-$(part_service "$1")-$VERSION.jar" ;;
  esac
}

# Runs a part. Every word of the command is one argument of `launch`.
run_part() {
  local name=$1 port
  port=$(part_port "$name") || return 1
  case $name in
    registry) run_registry "$port" ;;
    zipkin) run_zipkin "$port" ;;
    prometheus) run_prometheus "$port" ;;
    config-server)
      # it registers too: the scrape targets it gives to Prometheus are the registered instances
      run_program config-server 96 "--server.port=$port" "--governance.config-server.directory=$DEMO/config" \
        "--governance.discovery.registration.instance-id=config-server" \
        "--governance.discovery.consul.host=127.0.0.1" "--governance.discovery.consul.port=$(part_port registry)" \
        "--governance.discovery.consul.ttl=3s"
      ;;
    gateway) run_service gateway 160 "--spring.config.additional-location=file:$ROOT/demo-apps/gateway/" ;;
    inventory-*)
      run_service "$name" 112 "--demo.inventory.journal=$DEMO/data/inventory.journal" \
        "--governance.discovery.version=$(inventory_version "$name")" "--governance.discovery.metadata.gateway.expose=true"
      ;;
    *) run_service "$name" 112 ;;
  esac
}

# The lane that an instance is in; nothing if it is in none.
part_lane() {
  cat "$RUN/$1.lane" 2>/dev/null
}

# The second instance is the new version, as in a rollout that has just begun.
inventory_version() {
  if [ "$1" = inventory-2 ]; then echo 2; else echo 1; fi
}

run_registry() {
  if [ "$(registry_kind)" = consul ]; then
    run_consul "$1"
  else
    run_java registry 64 "--host=127.0.0.1" "--port=$1" "--snapshot=$DEMO/data/registry.json"
  fi
}

run_consul() {
  local bin
  bin=$(governance_find_consul) || return 1
  launch registry "$bin" agent -dev -node=demo -log-level=info -hcl='disable_update_check = true' \
    -hcl='telemetry { prometheus_retention_time = "1m" }' \
    -bind=127.0.0.1 -client=127.0.0.1 -http-port="$1" -dns-port=-1 -grpc-port=-1 -serf-wan-port=-1 \
    -server-port="$(part_port consul-server)" -serf-lan-port="$(part_port consul-gossip)"
}

run_zipkin() {
  local jar
  jar=$(governance_find_zipkin) || return 1
  # shellcheck disable=SC2046 # one word per option
  launch zipkin "$JAVA" $(java_options 128) "-Djava.io.tmpdir=$DEMO/tmp" -jar "$jar" "--armeria.ports[0].ip=127.0.0.1" \
    "--armeria.ports[0].port=$1" "--armeria.ports[0].protocols[0]=http" --zipkin.storage.mem.max-spans=20000
}

# Takes the # from the example's job for a real Consul, and gives it the port.
consul_job() {
  [ "$(registry_kind)" != consul ] ||
    printf '/# - job_name: consul/,/^$/{s|^  # |  |;s|127.0.0.1:8500|127.0.0.1:%s|;}' "$(part_port registry)"
}

# With the configuration and the rules that are shipped; it asks the config server what to scrape. Looks more often, and
# has nobody to send alerts to: see its page /alerts.
run_prometheus() {
  local home
  home=$(governance_find_prometheus) || return 1
  sed -e "s|http://127.0.0.1:8888|$(part_url config-server)|" -e 's/_interval: 15s/_interval: 2s/' \
    -e "s|- rules/|- $ROOT/deploy/observability/prometheus/rules/|" -e '/^alerting:/,/^$/d' -e "$(consul_job)" \
    "$ROOT/deploy/observability/prometheus/prometheus.yml" >"$DEMO/data/prometheus.yml" || return 1
  launch prometheus "$home/prometheus" "--config.file=$DEMO/data/prometheus.yml" \
    "--storage.tsdb.path=$DEMO/data/prometheus" "--web.listen-address=127.0.0.1:$1" \
    --enable-feature=exemplar-storage --log.level=warn
}

# A service: a program that registers itself, says every second that it lives, and takes its rules from the config
# server.
run_service() {
  local name=$1 heap=$2 lane
  shift 2
  lane=$(part_lane "$name")
  run_program "$name" "$heap" "--server.port=$(part_port "$name")" \
    "--governance.discovery.registration.instance-id=$(part_instance "$name")" \
    "--governance.discovery.consul.host=127.0.0.1" "--governance.discovery.consul.port=$(part_port registry)" \
    "--governance.discovery.consul.ttl=3s" "--spring.config.import=optional:configserver:$(part_url config-server)" \
    "--governance.config.last-known-good.directory=$DEMO/data/last-known-good/$name" \
    ${lane:+"--governance.discovery.metadata.lane=$lane"} "$@"
}

run_program() {
  local name=$1 heap=$2
  shift 2
  # shellcheck disable=SC2046 # one word per option
  run_java "$name" "$heap" "--server.address=127.0.0.1" $(watched_by zipkin && zipkin_options) "$@"
}

# Whether the running demo was started --with a program.
watched_by() {
  case ",$(cat "$RUN/with" 2>/dev/null)," in
    *",$1,"*) return 0 ;;
  esac
  return 1
}

# All traces are kept: a demo is looked at call by call.
zipkin_options() {
  printf '%s ' --governance.tracing.export.to=zipkin \
    "--governance.tracing.export.endpoint=$(part_url zipkin)/api/v2/spans" --management.tracing.sampling.probability=1.0
}

# From a copy of the jar: a build beside a running demo would pull the classes from under it.
run_java() {
  local name=$1 heap=$2
  shift 2
  mkdir -p "$DEMO/programs" && cp "$(part_jar "$name")" "$DEMO/programs/$name.jar" || return 1
  # shellcheck disable=SC2046 # one word per option
  launch "$name" "$JAVA" $(java_options "$heap") "-Djava.io.tmpdir=$DEMO/tmp" -jar "$DEMO/programs/$name.jar" "$@"
}

# Small and quick to start; DEMO_JAVA_OPTIONS has the last word.
java_options() {
  printf '%s ' "-Xmx${1}m" -Xss512k -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:MaxMetaspaceSize=160m \
    -XX:ReservedCodeCacheSize=48m -XX:+ExitOnOutOfMemoryError -Dfile.encoding=UTF-8
  printf '%s\n' "${DEMO_JAVA_OPTIONS:-}"
}

registry_kind() {
  cat "$RUN/registry.kind" 2>/dev/null || echo embedded
}
