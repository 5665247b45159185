// SPDX-License-Identifier: Apache-2.0

/**
 * What the caller of a rejected call gets to see, and what callers are told of their
 * quotas, the same from every adapter.
 */
@NullMarked
package io.governance.rejection;

import org.jspecify.annotations.NullMarked;
