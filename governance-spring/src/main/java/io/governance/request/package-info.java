// SPDX-License-Identifier: Apache-2.0

/**
 * Inbound HTTP requests as the kernel sees them, the same for whatever asks about them.
 */
@NullMarked
package io.governance.request;

import org.jspecify.annotations.NullMarked;
