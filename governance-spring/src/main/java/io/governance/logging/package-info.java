// SPDX-License-Identifier: Apache-2.0

/**
 * Carries out what {@code log-level} rules want, with Spring Boot's logging system, and
 * has texts that others wrote fit into log lines.
 */
@NullMarked
package io.governance.logging;

import org.jspecify.annotations.NullMarked;
