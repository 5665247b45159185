// SPDX-License-Identifier: Apache-2.0

/**
 * Tells callers all that Bean Validation found wrong with their request, in the shape of
 * the other rejections, and the same from Servlet and reactive servers.
 */
@NullMarked
package io.governance.resilience.validation;

import org.jspecify.annotations.NullMarked;
