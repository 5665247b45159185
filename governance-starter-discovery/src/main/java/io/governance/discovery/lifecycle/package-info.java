// SPDX-License-Identifier: Apache-2.0

/**
 * How this instance leaves without a failed call, and comes back: out of the registries
 * first, then serving until callers have seen it, then refusing what is late in a way
 * that is safe to repeat elsewhere, and only then the server's own shutdown. An operator
 * can have it leave without stopping it.
 */
@NullMarked
package io.governance.discovery.lifecycle;

import org.jspecify.annotations.NullMarked;
