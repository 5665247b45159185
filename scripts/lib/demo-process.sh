# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# Processes: starting one that outlives the script, knowing it again, ending it. And ports.

STOP_SECONDS=30

complain() {
  printf 'demo: %s\n' "$*" >&2
}

# Starts a command in the background, with a process group of its own, and remembers it under a name. Not in .demo:
# Spring Boot would take .demo/config for local configuration.
launch() {
  local name=$1 pid
  shift
  pid=$(
    set -m
    cd "$DEMO/tmp" || exit 1
    nohup "$@" >>"$LOGS/$name.log" 2>&1 </dev/null &
    echo $!
  ) || return 1
  printf '%s %s\n' "$pid" "$(birth "$pid")" >"$RUN/$name.pid"
}

# When a process was born: what tells it from a later one with the same id. Nothing if it is dead.
birth() {
  local stat
  if [ -d /proc/self ]; then
    stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
    # after the name in brackets: the state first, the start as 20th
    # shellcheck disable=SC2086
    set -- ${stat##*) }
    [ "$1" != Z ] || return 1
    printf '%s\n' "${20}"
  else
    case $(ps -o stat= -p "$1" 2>/dev/null) in
      "" | Z*) return 1 ;;
    esac
    LC_ALL=C ps -o lstart= -p "$1" | tr -s ' ' '_'
  fi
}

# The id of a process that we started and that still lives; nothing otherwise.
live_pid() {
  local pid born
  [ -f "$RUN/$1.pid" ] || return 1
  read -r pid born <"$RUN/$1.pid" || return 1
  [ -n "$born" ] && [ "$(birth "$pid")" = "$born" ] && printf '%s\n' "$pid"
}

alive() {
  live_pid "$1" >/dev/null
}

send() {
  local pid
  pid=$(live_pid "$2") || return 0
  kill -s "$1" "$pid" 2>/dev/null || return 0
}

# Ends processes and waits until they are gone. Those that do not go on SIGTERM are killed.
end_parts() {
  local signal=$1 name deadline=$((SECONDS + STOP_SECONDS))
  shift
  for name in "$@"; do
    send "$signal" "$name"
  done
  for name in "$@"; do
    while alive "$name"; do
      [ "$SECONDS" -lt "$deadline" ] || send KILL "$name"
      [ "$SECONDS" -lt $((deadline + 5)) ] || {
        complain "$name (process $(live_pid "$name")) does not end"
        return 1
      }
      sleep 0.1
    done
    rm -f "$RUN/$name.pid"
  done
}

port_taken() {
  (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# A port that nobody uses and that no part of the demo was given. Below the range systems give to clients.
free_port() {
  local port tries=0
  while [ "$tries" -lt 100 ]; do
    port=$((20000 + RANDOM % 12000))
    if ! port_taken "$port" && ! grep -qx "$port" "$RUN"/*.port 2>/dev/null; then
      printf '%s\n' "$port"
      return 0
    fi
    tries=$((tries + 1))
  done
  complain "no free port between 20000 and 32000"
  return 1
}

# Runs a command unless another one that changes the demo is at work.
locked() {
  local holder
  mkdir -p "$RUN" "$LOGS" || return 1
  if ! mkdir "$RUN/lock" 2>/dev/null; then
    holder=$(cat "$RUN/lock/pid" 2>/dev/null)
    if [ -n "$holder" ] && [ "$(birth "${holder%% *}")" = "${holder##* }" ]; then
      complain "another scripts/demo is at work (process ${holder%% *}); wait for it or stop it"
      return 1
    fi
  fi
  printf '%s %s\n' "$$" "$(birth $$)" >"$RUN/lock/pid"
  trap 'rm -rf "$RUN/lock"' EXIT
  "$@"
}
