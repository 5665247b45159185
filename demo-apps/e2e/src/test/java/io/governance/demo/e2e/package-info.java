// SPDX-License-Identifier: Apache-2.0

/**
 * The whole demo, started by its own command, taken through failures.
 */
@NullMarked
package io.governance.demo.e2e;

import org.jspecify.annotations.NullMarked;
