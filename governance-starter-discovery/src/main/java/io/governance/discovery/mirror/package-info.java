// SPDX-License-Identifier: Apache-2.0

/**
 * Sends the copies of calls that mirror rules ask for: on connections and a thread of
 * their own, so that whatever becomes of a copy costs the call nothing.
 */
@NullMarked
package io.governance.discovery.mirror;

import org.jspecify.annotations.NullMarked;
