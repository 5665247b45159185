# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# The demo's own first orders.

WARM_UP_ORDERS=800

LAMP='{"sku":"lamp","quantity":1}'

# The last part of the way up: orders pass, and every instance is seen by its callers. Orders lamps, so that the
# books are all left.
wait_for_orders() {
  local seen= answer= deadline=$((SECONDS + 60))
  while [ "$SECONDS" -lt "$deadline" ]; do
    answer=$(place_order "$LAMP")
    seen="$seen $answer"
    if all_served "$seen"; then
      echo "  orders          pass through all instances"
      warm_up
      return 0
    fi
    sleep 0.2
  done
  complain "no order passed through all instances within 60 s; the last answer: ${answer:-none}"
  show_failure gateway "may say why"
  return 1
}

# New processes answer slowly, and calls that come faster pile up for a quarter of a minute: that would be what a first
# load test shows. What a user's own rules reject is no matter.
warm_up() {
  local orders=$((WARM_UP_ORDERS / 4)) placed
  placed=$(
    for _ in 1 2 3 4; do
      place_orders "$orders" &
    done
    wait
  )
  echo "  orders          $(grep -c '^201$' <<<"$placed" || true) of $WARM_UP_ORDERS passed, and warmed the programs up"
}

# Over one connection; prints the status of each.
place_orders() {
  local url all=()
  url=$(part_url gateway)/api/orders
  while [ "${#all[@]}" -lt "$((3 * $1))" ]; do
    all+=(-o /dev/null "$url")
  done
  curl -q -s --noproxy '*' --max-time 5 --fail-early -H 'content-type: application/json' -d "$LAMP" \
    -w '%{http_code}\n' "${all[@]}" || true
}

place_order() {
  fetch -X POST "$(part_url gateway)/api/orders" -H 'content-type: application/json' -d "$1"
}

all_served() {
  local name
  for name in storefront orders inventory-1 inventory-2 payments; do
    case $1 in
      *"\"$(part_instance "$name")\""*) ;;
      *) return 1 ;;
    esac
  done
}
