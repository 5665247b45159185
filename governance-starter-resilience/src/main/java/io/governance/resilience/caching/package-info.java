// SPDX-License-Identifier: Apache-2.0

/**
 * Spring's caches, kept as {@code cache} rules say.
 */
@NullMarked
package io.governance.resilience.caching;

import org.jspecify.annotations.NullMarked;
