// SPDX-License-Identifier: Apache-2.0

/**
 * Carries out what {@code log-level} rules want, with Spring Boot's logging system.
 */
@NullMarked
package io.governance.logging;

import org.jspecify.annotations.NullMarked;
