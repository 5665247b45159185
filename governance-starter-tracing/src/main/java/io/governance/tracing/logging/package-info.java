// SPDX-License-Identifier: Apache-2.0

/**
 * What every log line says about the process and the call it is from: service, version,
 * trace and span, in text and in Spring Boot's structured formats. Works through defaults
 * of Spring Boot's own properties.
 */
@NullMarked
package io.governance.tracing.logging;

import org.jspecify.annotations.NullMarked;
