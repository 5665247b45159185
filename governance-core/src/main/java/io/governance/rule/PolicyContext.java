// SPDX-License-Identifier: Apache-2.0

package io.governance.rule;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.random.RandomGenerator;

import io.governance.bean.NamedBeans;
import io.governance.lease.Leases;
import io.governance.load.CpuLoad;
import io.governance.process.ProcessResources;
import io.governance.time.TimeSource;

/**
 * What a policy works with; nothing else is to be reached for.
 *
 * @param rule the rule's name, as {@code type/id}, for rejections and logs
 * @param time the clock
 * @param random the source of chance; thread-safe
 * @param events the counters of {@link RuleType#events()}, by name
 * @param states where states by called service are shown
 * @param process what this process has that rules may go by
 */
public record PolicyContext(String rule, TimeSource time, RandomGenerator random, Function<String, LongAdder> events,
		StateDisplay states, ProcessResources process) {

	/**
	 * In a process without a shared store, and without anything that rules could name.
	 * @param rule the rule's name, as {@code type/id}, for rejections and logs
	 * @param time the clock
	 * @param random the source of chance; thread-safe
	 * @param events the counters of {@link RuleType#events()}, by name
	 * @param states where states by called service are shown
	 * @param cpu how busy this process is
	 */
	public PolicyContext(String rule, TimeSource time, RandomGenerator random, Function<String, LongAdder> events,
			StateDisplay states, CpuLoad cpu) {
		this(rule, time, random, events, states, ProcessResources.of(cpu));
	}

	/**
	 * How busy this process is.
	 * @return the load
	 */
	public CpuLoad cpu() {
		return this.process.cpu();
	}

	/**
	 * Permits of a store that several processes share.
	 * @return the leases
	 */
	public Leases leases() {
		return this.process.leases();
	}

	/**
	 * What rules may name.
	 * @return the beans
	 */
	public NamedBeans beans() {
		return this.process.beans();
	}

}
