// SPDX-License-Identifier: Apache-2.0

/**
 * What everything around an outbound call costs: ours by {@code BlockingCallExecutor}
 * with a rule of each kind at work, Resilience4j's by its own decorators, Sentinel's by
 * an entry with rules for the same. All choose an instance the same way, ours, and are
 * answered at once.
 */
@NullMarked
package io.governance.benchmarks.chain;

import org.jspecify.annotations.NullMarked;
