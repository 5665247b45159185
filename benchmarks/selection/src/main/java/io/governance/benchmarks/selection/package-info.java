// SPDX-License-Identifier: Apache-2.0

/**
 * What it costs to choose an instance: ours by {@code InstanceSelector} with all kinds of
 * rules at work, Spring Cloud's by {@code LoadBalancerClient} with the chain of suppliers
 * that comes nearest. And what the lists weigh, and how soon a change acts.
 */
@NullMarked
package io.governance.benchmarks.selection;

import org.jspecify.annotations.NullMarked;
