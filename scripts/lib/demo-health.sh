# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# How the processes are: health over HTTP, and the table of `status`.

# A local request: no proxy, no user's settings, no long wait.
fetch() {
  curl -q -s --noproxy '*' --max-time 5 "$@"
}

healthy() {
  case $1 in
    # an agent without a leader answers with ""
    registry) [ -n "$(fetch -f "$(part_url registry)/v1/status/leader" | tr -d '"\n')" ] ;;
    zipkin) fetch -f -o /dev/null "$(part_url zipkin)/health" ;;
    prometheus) fetch -f -o /dev/null "$(part_url prometheus)/-/ready" ;;
    *) fetch -f -o /dev/null "$(part_url "$1")/actuator/health" ;;
  esac
}

# UP, DOWN (it runs, but is not healthy or does not answer) or STOPPED.
part_health() {
  if ! alive "$1"; then
    echo STOPPED
  elif healthy "$1"; then
    echo UP
  else
    echo DOWN
  fi
}

demo_status() {
  case ${1:-} in
    --json) status_json ;;
    "") status_table ;;
    *)
      complain "status: $1 (expected: nothing or --json)"
      return 2
      ;;
  esac
}

status_table() {
  local name
  if [ -z "$(known_parts)" ]; then
    echo "The demo is not running. Start it: scripts/demo up"
    return 0
  fi
  printf '%-15s %-15s %8s %6s  %s\n' NAME INSTANCE PID PORT HEALTH
  for name in $(known_parts); do
    printf '%-15s %-15s %8s %6s  %s\n' "$name" "$(part_instance "$name")" "$(live_pid "$name" || echo -)" \
      "$(part_port "$name")" "$(part_health "$name")"
  done
}

status_json() {
  local name separator=
  printf '['
  for name in $(known_parts); do
    printf '%s\n  {"name": "%s", "instance": "%s", "pid": %s, "port": %s, "health": "%s"}' "$separator" "$name" \
      "$(part_instance "$name")" "$(live_pid "$name" || echo null)" "$(part_port "$name")" "$(part_health "$name")"
    separator=,
  done
  [ -z "$separator" ] || printf '\n'
  printf ']\n'
}
