// SPDX-License-Identifier: Apache-2.0

/**
 * Stops calling a service that fails or answers slowly, and tries it again after a while
 * (Resilience4j's state machine). One breaker per called service, or per another key.
 * What counts as a failure is declared; the caller's own cancellations and local
 * rejections never count. Not for single bad instances: the healthy ones would suffer
 * with them.
 */
@NullMarked
package io.governance.policy.circuitbreaker;

import org.jspecify.annotations.NullMarked;
