# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# Makes a Docker engine usable for the tests and gives it an image with Consul, without an image registry. To be sourced
# after consul.sh:
#
#   if governance_start_docker && governance_build_consul_image; then ... fi
#   governance_stop_docker
#
# A running engine is used as it is. One is started only by root and only when none runs: a second engine on a machine
# would take the first one's network away.

GOVERNANCE_CONSUL_IMAGE=local/consul:1.8.7

# The engine that this shell started. Not in a file: another run would take it for its own, and end it under this one.
GOVERNANCE_DOCKERD=

governance_docker_log() {
  printf '%s\n' "${XDG_CACHE_HOME:-$HOME/.cache}/governance/dockerd.log"
}

governance_docker_answers() {
  command -v docker >/dev/null && docker info >/dev/null 2>&1
}

# Makes `docker` usable and exports what Testcontainers needs. Fails with the reason on stderr.
governance_start_docker() {
  if ! governance_docker_answers; then
    if governance_docker_runs; then
      governance_await_docker || {
        echo "A Docker engine runs, but does not answer this user: start the tests as a user of the group docker." >&2
        return 1
      }
    else
      governance_launch_docker || return 1
    fi
  fi
  # Testcontainers takes a machine with this file for a container and looks for a gateway it cannot find.
  if [ -e /.dockerenv ] && [ -z "${DOCKER_HOST:-}" ]; then
    export TESTCONTAINERS_HOST_OVERRIDE="${TESTCONTAINERS_HOST_OVERRIDE:-127.0.0.1}"
  fi
  # Its cleaner is an image of its own; containers are removed when the JVM ends.
  export TESTCONTAINERS_RYUK_DISABLED="${TESTCONTAINERS_RYUK_DISABLED:-true}"
}

# Builds the image if it is not there, and exports its name as CONSUL_IMAGE. Fails with the reason on stderr.
governance_build_consul_image() {
  export CONSUL_IMAGE="${CONSUL_IMAGE:-$GOVERNANCE_CONSUL_IMAGE}"
  if docker image inspect "$CONSUL_IMAGE" >/dev/null 2>&1; then
    return 0
  fi
  if [ "$CONSUL_IMAGE" != "$GOVERNANCE_CONSUL_IMAGE" ]; then
    echo "CONSUL_IMAGE: $CONSUL_IMAGE (expected: an image that is here, see docker image ls)" >&2
    unset CONSUL_IMAGE
    return 1
  fi
  local bin
  if ! bin=$(governance_install_consul) || ! governance_strictly docker governance_assemble_consul_image "$bin" "$GOVERNANCE_CONSUL_IMAGE" >/dev/null; then
    echo "The image $GOVERNANCE_CONSUL_IMAGE could not be built." >&2
    unset CONSUL_IMAGE
    return 1
  fi
}

# Stops the engine if governance_start_docker started it, in this shell.
governance_stop_docker() {
  local pid=$GOVERNANCE_DOCKERD
  [ -n "$pid" ] || return 0
  GOVERNANCE_DOCKERD=
  # The number may be another process's by now.
  if [ "$(cat "/proc/$pid/comm" 2>/dev/null || true)" = dockerd ]; then
    kill "$pid"
    local i
    for i in $(seq 100); do
      kill -0 "$pid" 2>/dev/null || return 0
      sleep 0.1
    done
    echo "The Docker engine (process $pid) did not end within 10 s." >&2
    return 1
  fi
}

governance_docker_runs() {
  local comm
  for comm in /proc/[0-9]*/comm; do
    [ "$(cat "$comm" 2>/dev/null || true)" = dockerd ] && return 0
  done
  return 1
}

governance_await_docker() {
  local i
  for i in $(seq 100); do
    governance_docker_answers && return 0
    governance_docker_runs || return 1
    sleep 0.2
  done
  return 1
}

governance_launch_docker() {
  if [ "$(id -u)" != 0 ]; then
    echo "No Docker engine runs, and only root can start one." >&2
    return 1
  fi
  if ! command -v dockerd >/dev/null || ! command -v docker >/dev/null; then
    if ! command -v apt-get >/dev/null; then
      echo "Docker is not installed. Install it your way and start it." >&2
      return 1
    fi
    echo "Installing Docker (package docker.io) ..." >&2
    apt-get -qq update >&2 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends docker.io >&2 || return 1
  fi
  # The package may have started it.
  if ! governance_docker_runs; then
    local log
    log=$(governance_docker_log)
    mkdir -p "$(dirname "$log")"
    nohup dockerd >"$log" 2>&1 </dev/null &
    GOVERNANCE_DOCKERD=$!
  fi
  governance_await_docker || {
    echo "The Docker engine did not start. The end of its log:" >&2
    tail -n 5 "$(governance_docker_log)" >&2 || true
    governance_stop_docker || true
    return 1
  }
}

# A file system with nothing but Consul, the libraries it is linked to, and a shell for its entry point. For
# governance_strictly.
governance_assemble_consul_image() {
  local bin=$1 image=$2 work library
  work=$(mktemp -d)
  # shellcheck disable=SC2064 # the directory is to be expanded now
  trap "rm -rf '$work'" EXIT
  mkdir -p "$work"/{fs/bin,fs/tmp,fs/etc,download}
  chmod 1777 "$work/fs/tmp"
  cp "$bin" "$work/fs/bin/consul"
  { ldd "$bin" | grep -o '/[^ ]*' || true; } | while read -r library; do
    mkdir -p "$work/fs$(dirname "$library")"
    cp -L "$library" "$work/fs$library"
  done
  governance_static_shell "$work/download" "$work/fs/bin/busybox"
  ln -s busybox "$work/fs/bin/sh"
  echo 'root:x:0:0:root:/:/bin/sh' >"$work/fs/etc/passwd"
  printf '%s\n' '#!/bin/sh' 'if [ "$1" = agent ]; then shift; set -- consul agent "$@"; fi' 'exec "$@"' >"$work/fs/bin/docker-entrypoint.sh"
  chmod 755 "$work/fs/bin/docker-entrypoint.sh"
  tar -C "$work/fs" -c . | docker import -c 'ENV PATH=/bin' -c 'ENTRYPOINT ["docker-entrypoint.sh"]' -c 'EXPOSE 8500' - "$image"
}

governance_static_shell() {
  local download=$1 target=$2
  if command -v busybox >/dev/null && ! ldd "$(command -v busybox)" >/dev/null 2>&1; then
    cp -L "$(command -v busybox)" "$target"
    return 0
  fi
  (cd "$download" && apt-get -qq -o APT::Sandbox::User=root download busybox-static) >&2
  dpkg -x "$download"/busybox-static_*.deb "$download/unpacked"
  cp "$download/unpacked/bin/busybox" "$target"
}
