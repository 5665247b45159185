// SPDX-License-Identifier: Apache-2.0

package io.governance.execution.retry;

import java.util.TreeMap;
import java.util.stream.Collectors;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.governance.time.TimeSource;

/**
 * A budget per called service: the outage of one must not use up the retries of others.
 */
final class RetryBudgets {

	static final int MAX_SERVICES = 1_000;

	private final Cache<String, RetryBudget> byService = Caffeine.newBuilder()
		.executor(Runnable::run)
		.maximumSize(MAX_SERVICES)
		.build();

	private final Budget budget;

	private final TimeSource time;

	RetryBudgets(Budget budget, TimeSource time) {
		this.budget = budget;
		this.time = time;
	}

	RetryBudget of(String service) {
		return this.byService.get(service, (name) -> new RetryBudget(this.budget, this.time));
	}

	String state() {
		return new TreeMap<>(this.byService.asMap()).entrySet()
			.stream()
			.map((entry) -> entry.getKey() + "=" + entry.getValue().available())
			.collect(Collectors.joining(" "));
	}

}
