// SPDX-License-Identifier: Apache-2.0

/**
 * Istio's standard metrics under their own names and with all their labels, so that what
 * was made for a mesh (Kiali, Istio's dashboards) works without one. Each call is
 * reported once by its caller, with its final outcome, and each request once by who
 * received it.
 */
@NullMarked
package io.governance.tracing.metrics.istio;

import org.jspecify.annotations.NullMarked;
