// SPDX-License-Identifier: Apache-2.0

/**
 * What travels with a call inside a process: the context that inbound adapters set and
 * outbound adapters read, and the names of what travels on the wire.
 */
@NullMarked
package io.governance.context;

import org.jspecify.annotations.NullMarked;
