# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# Finds a real PostgreSQL, or installs one. To be sourced:
#
#   dir=$(governance_install_postgres) || echo "no postgres"
#   "$dir/initdb" --version; "$dir/postgres" --version
#
# The order is: the directory named by POSTGRES_HOME, the newest of Debian's packages on this machine, the package
# `postgresql`. It is installed rather than unpacked, since it finds its parts by fixed paths, and since it comes with the user
# that root has to run it as.

governance_has_postgres() {
  [ -x "$1/initdb" ] && [ -x "$1/postgres" ]
}

# Prints the directory of the commands that are here already; fails when there is none. Downloads nothing.
governance_find_postgres() {
  local dir
  if [ -n "${POSTGRES_HOME:-}" ]; then
    if governance_has_postgres "$POSTGRES_HOME"; then
      printf '%s\n' "$POSTGRES_HOME"
      return 0
    fi
    echo "POSTGRES_HOME: $POSTGRES_HOME (expected: a directory with the commands initdb and postgres)" >&2
    return 1
  fi
  for dir in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -Vr); do
    if governance_has_postgres "$dir"; then
      printf '%s\n' "$dir"
      return 0
    fi
  done
  return 1
}

# Prints the directory of the commands, after downloading them if there are none. Fails with the reason on stderr.
governance_install_postgres() {
  governance_find_postgres && return 0
  [ -z "${POSTGRES_HOME:-}" ] || return 1
  if ! command -v apt-get >/dev/null || [ "$(id -u)" != 0 ]; then
    echo "PostgreSQL can be installed by root on Debian and its kin only." >&2
    echo "Install it your way and name the directory of its commands: export POSTGRES_HOME=/path/to/bin" >&2
    return 1
  fi
  echo "Installing PostgreSQL (package postgresql) ..." >&2
  apt-get -qq update >&2 || return 1
  # no cluster of the system's own: tests start theirs
  mkdir -p /etc/postgresql-common || return 1
  [ -e /etc/postgresql-common/createcluster.conf ] || echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf || return 1
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >&2 || return 1
  governance_find_postgres
}
