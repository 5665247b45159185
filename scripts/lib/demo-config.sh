# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# The served configuration: .demo/config is a copy of demo-apps/config that its user edits.

# Makes the copy. An edited one is kept; .demo/config.original tells whether it was.
prepare_config() {
  if [ -d "$DEMO/config" ] && ! same_files "$DEMO/config" "$DEMO/config.original"; then
    echo "Keeping your edits in .demo/config (to start afresh: rm -r .demo/config)"
    return 0
  fi
  rm -rf "$DEMO/config" "$DEMO/config.original"
  cp -R "$ROOT/demo-apps/config" "$DEMO/config" && cp -R "$ROOT/demo-apps/config" "$DEMO/config.original"
}

same_files() {
  diff -r "$1" "$2" >/dev/null 2>&1
}
