// SPDX-License-Identifier: Apache-2.0

/**
 * The long poll by which clients learn of a new revision. A waiter costs no thread.
 */
@NullMarked
package io.governance.configserver.watch;

import org.jspecify.annotations.NullMarked;
