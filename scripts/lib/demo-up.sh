# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# Bringing the demo up, to another size, and down.

AT_ONCE=3
START_SECONDS=120
ORDER='{"sku":"book","quantity":1}'

demo_up() {
  local registry=embedded build=yes with=
  while [ $# -gt 0 ]; do
    case $1 in
      --registry) registry=${2:-} && shift ;;
      --registry=*) registry=${1#*=} ;;
      --with) with=${2:-nothing} && shift ;;
      --with=*) with=${1#*=} ;;
      --no-build) build=no ;;
      *)
        complain "up: $1 (expected: --registry embedded|consul, --with NAMES, --no-build)"
        return 2
        ;;
    esac
    shift
  done
  case $registry in
    embedded | consul) ;;
    *)
      complain "up --registry: ${registry:-nothing} (expected: embedded or consul)"
      return 2
      ;;
  esac
  with=$(printf '%s' "$with" | tr -d ' ')
  known_watchers "$with" || return 2
  require_curl && require_java && refuse_second && forget_all || return 1
  printf '%s\n' "$with" >"$RUN/with"
  refuse_taken_ports && prepare "$registry" "$build" && start_everything "$registry" || { forget_all && return 1; }
}

# Whether a list of --with names programs that there are.
known_watchers() {
  local name
  for name in $(printf '%s' "$1" | tr ',' ' '); do
    case " $WATCHERS " in
      *" $name "*) ;;
      *)
        complain "up --with: $name (expected: one or more of $(printf '%s' "$WATCHERS" | tr ' ' ','))"
        return 1
        ;;
    esac
  done
}

# The programs this demo is started --with.
chosen_watchers() {
  local name
  for name in $WATCHERS; do
    ! watched_by "$name" || printf '%s ' "$name"
  done
}

# Says what will happen, then does what costs time before anything runs.
prepare() {
  local registry=$1 reason=
  if [ "$2" = yes ]; then
    reason=$(build_reason)
    [ -z "$reason" ] || require_build_tools || return 1
  elif missing_program; then
    return 1
  fi
  announce "$registry" "$reason"
  if [ "$registry" = consul ] && ! governance_install_consul >/dev/null; then
    complain "no Consul to run; without it: scripts/demo up --registry embedded"
    return 1
  fi
  if watched_by zipkin && ! governance_install_zipkin >/dev/null; then
    complain "no Zipkin to run; without it: scripts/demo up, without --with zipkin"
    return 1
  fi
  if watched_by prometheus && ! governance_install_prometheus >/dev/null; then
    complain "no Prometheus to run; without it: scripts/demo up, without --with prometheus"
    return 1
  fi
  [ -z "$reason" ] || { echo "Building (log: .demo/logs/build.log)" && build_programs; } || return 1
}

announce() {
  echo "The storefront demo: $(printf '%s\n' $FIRST_PARTS $(chosen_watchers) $OTHER_PARTS | grep -c .) processes on 127.0.0.1"
  if [ -n "$2" ]; then
    echo "  downloads  what Maven does not have yet: about 160 MB from Maven Central the first time, nothing later"
    echo "  builds     yes, $2: about 1 minute, the first time 2 to 5"
  else
    echo "  downloads  nothing"
    echo "  builds     nothing, all programs are there"
  fi
  [ "$1" = embedded ] || governance_find_consul >/dev/null || echo "             and Consul, 15 MB from Debian's archive, once"
  ! watched_by zipkin || governance_find_zipkin >/dev/null || echo "             and Zipkin, 130 MB from Maven Central, once"
  ! watched_by prometheus || governance_find_prometheus >/dev/null ||
    echo "             and Prometheus, 30 MB from Debian's archive, once"
  echo "  uses       about $(watched_by zipkin && echo 1.8 || echo 1.5) GB of memory; ports $(fixed_port gateway) (gateway), $(fixed_port config-server)" \
    "(config server), $(fixed_port registry) (registry) and free ones for the rest"
  echo "  writes     .demo/ (300 MB)$([ -z "$2" ] || echo ' and target/')"
  echo "  takes      30 to 90 seconds to start"
}

refuse_second() {
  local name
  for name in $(known_parts); do
    if alive "$name"; then
      complain "The demo is running already. See scripts/demo status; stop it with scripts/demo down"
      return 1
    fi
  done
}

refuse_taken_ports() {
  local name taken=
  for name in registry config-server gateway $(chosen_watchers); do
    if port_taken "$(fixed_port "$name")"; then
      complain "port $(fixed_port "$name") ($name) is taken by another program: stop that, or choose another port with" \
        "DEMO_$(printf '%s' "$name" | tr 'a-z-' 'A-Z_')_PORT"
      taken=yes
    fi
  done
  [ -z "$taken" ]
}

# What a demo that is no more has left behind. Its logs stay until the next one writes its own.
forget_all() {
  rm -rf "$RUN"/*.pid "$RUN"/*.port "$RUN"/*.lane "$RUN/registry.kind" "$RUN/with" "$DEMO/data" "$DEMO/tmp" "$DEMO/programs"
}

start_everything() {
  trap 'give_up' INT TERM
  mkdir -p "$DEMO/data" "$DEMO/tmp"
  for name in $FIRST_PARTS $WATCHERS $OTHER_PARTS; do
    rm -f "$LOGS/$name.log"
  done
  printf '%s\n' "$1" >"$RUN/registry.kind"
  # shellcheck disable=SC2086 # names
  if prepare_config && start_parts $FIRST_PARTS $(chosen_watchers) && start_parts $OTHER_PARTS && wait_for_orders; then
    trap - INT TERM
    show_urls
    return 0
  fi
  give_up
}

give_up() {
  trap '' INT TERM
  complain "stopping what was started"
  end_all
  exit 1
}

# Starts parts, a few at a time, and waits until all are healthy.
start_parts() {
  local waiting="$*" starting= still name deadline=$((SECONDS + START_SECONDS))
  while [ -n "$waiting$starting" ]; do
    while [ -n "$waiting" ] && [ "$(printf '%s\n' $starting | grep -c .)" -lt "$AT_ONCE" ]; do
      name=${waiting%% *}
      waiting=${waiting#"$name"}
      waiting=${waiting# }
      begin_part "$name" || return 1
      starting="$starting $name"
    done
    still=
    for name in $starting; do
      check_start "$name" "$deadline"
      case $? in
        1) return 1 ;;
        2) still="$still $name" ;;
      esac
    done
    starting=$still
    [ -z "$starting" ] || sleep 0.3
  done
}

begin_part() {
  local port
  port=$(part_port "$1") || return 1
  if port_taken "$port"; then
    complain "$1: port $port is taken by another program"
    return 1
  fi
  run_part "$1" || {
    complain "$1 could not be started"
    return 1
  }
}

# 0: it is healthy; 1: it failed; 2: not yet.
check_start() {
  if ! alive "$1"; then
    show_failure "$1" "ended during its start"
    return 1
  elif healthy "$1"; then
    printf '  %-15s ready on port %s\n' "$1" "$(part_port "$1")"
    return 0
  elif [ "$SECONDS" -ge "$2" ]; then
    show_failure "$1" "is not healthy after $START_SECONDS s"
    return 1
  fi
  return 2
}

show_failure() {
  complain "$1 $2; the end of .demo/logs/$1.log:"
  tail -n 25 "$LOGS/$1.log" >&2
}

show_urls() {
  cat <<URLS

The demo is up.
  gateway        $(part_url gateway)
  registry       $(part_url registry)/v1/catalog/services
  config server  $(part_url config-server)/storefront/default
  rules          edit .demo/config/application.yml or .demo/config/SERVICE.yml$(watcher_urls)

Try it:
  curl -s -XPOST localhost:$(part_port gateway)/api/orders -H 'content-type: application/json' -d '$ORDER'

Then: scripts/demo status, scripts/demo kill inventory-1, scripts/demo help; at the end scripts/demo down
URLS
}

watcher_urls() {
  ! watched_by zipkin || printf '\n  traces         %s/zipkin' "$(part_url zipkin)"
  ! watched_by prometheus || printf '\n  metrics        %s/targets, %s/alerts' "$(part_url prometheus)" "$(part_url prometheus)"
}

demo_scale() {
  local service=${1:-} count=${2:-} number=1 name new= old=
  case " $SERVICES " in
    *" ${service:-none} "*) ;;
    *)
      complain "scale: ${service:-nothing} (expected: one of $SERVICES)"
      return 2
      ;;
  esac
  case $count in
    [1-9]) ;;
    *)
      complain "scale $service: ${count:-nothing} (expected: 1 to $MOST_INSTANCES)"
      return 2
      ;;
  esac
  require_part "$(part_name "$service" 1)" && require_java || return 1
  while [ "$number" -le "$MOST_INSTANCES" ]; do
    name=$(part_name "$service" "$number")
    if [ "$number" -le "$count" ]; then
      alive "$name" || new="$new $name"
    elif [ -f "$RUN/$name.port" ]; then
      old="$old $name"
    fi
    number=$((number + 1))
  done
  # shellcheck disable=SC2086 # names
  start_parts ${new# } && drop_parts $old && echo "$service: $count"
}

# Has an instance, or a further one, run in a lane.
demo_lane() {
  local name=${1:-} lane=${2:-} number service
  number=${name##*-}
  service=$(part_service "$name")
  case " $SERVICES " in
    *" ${service:-none} "*) ;;
    *)
      complain "lane: ${name:-nothing} (expected: an instance of one of $SERVICES)"
      return 2
      ;;
  esac
  case $number in
    "$service") number=1 ;;
    [1-9]) ;;
    *) number=0 ;;
  esac
  if [ "$(part_name "$service" "$number")" != "$name" ]; then
    complain "lane: $name (expected: $(part_name "$service" 1) to $(part_name "$service" "$MOST_INSTANCES"))"
    return 2
  fi
  case $lane in
    *[!a-zA-Z0-9-]*)
      complain "lane $name: $lane (expected: letters, digits and dashes)"
      return 2
      ;;
  esac
  require_part "$(part_name "$service" 1)" && require_java || return 1
  if [ -n "$lane" ]; then
    printf '%s\n' "$lane" >"$RUN/$name.lane"
  else
    rm -f "$RUN/$name.lane"
  fi
  end_parts TERM "$name" && start_parts "$name" && echo "$name: ${lane:-no lane}"
}

drop_parts() {
  [ $# -gt 0 ] || return 0
  end_parts TERM "$@" || return 1
  local name
  for name in "$@"; do
    rm -f "$RUN/$name.port" "$RUN/$name.lane"
    echo "  $name is stopped"
  done
}

demo_down() {
  if [ -z "$(known_parts)" ]; then
    echo "The demo is not running."
    return 0
  fi
  end_all && echo "The demo is down. Its logs and your configuration stay in .demo/"
}

# The services first: on their way out they still talk to registry and config server, and send their last spans.
end_all() {
  local name services=
  for name in $(known_parts); do
    case " $FIRST_PARTS $WATCHERS " in
      *" $name "*) ;;
      *) services="$services $name" ;;
    esac
  done
  # shellcheck disable=SC2086 # names
  end_parts TERM $services && end_parts TERM config-server $WATCHERS registry && forget_all
}
