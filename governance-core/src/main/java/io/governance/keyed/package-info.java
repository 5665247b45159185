// SPDX-License-Identifier: Apache-2.0

/**
 * State that is kept for each key of the calls, such as each called service: bounded,
 * whatever keys the clients choose, and never lost while it matters.
 */
@NullMarked
package io.governance.keyed;

import org.jspecify.annotations.NullMarked;
