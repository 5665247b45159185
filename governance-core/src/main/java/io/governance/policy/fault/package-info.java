// SPDX-License-Identifier: Apache-2.0

/**
 * Faults on purpose: a share of the calls is held up, or made to fail, to see whether
 * time-outs, retries and breakers do what they are for. Ends by itself at a point in
 * time, and never hits more than a share of the calls. After Envoy's fault injection; but
 * inside of the attempt, so that the other policies see it.
 */
@NullMarked
package io.governance.policy.fault;

import org.jspecify.annotations.NullMarked;
