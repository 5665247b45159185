// SPDX-License-Identifier: Apache-2.0

/**
 * Governs methods of Spring beans: {@link io.governance.resilience.method.Governed}.
 */
@NullMarked
package io.governance.resilience.method;

import org.jspecify.annotations.NullMarked;
