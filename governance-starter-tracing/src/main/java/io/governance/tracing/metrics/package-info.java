// SPDX-License-Identifier: Apache-2.0

/**
 * Keeps metrics bounded and clean: meters whose tags come from requests have at most so
 * many values and series, and what Prometheus' own check complains of is put right.
 */
@NullMarked
package io.governance.tracing.metrics;

import org.jspecify.annotations.NullMarked;
