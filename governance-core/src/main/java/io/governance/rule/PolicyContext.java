// SPDX-License-Identifier: Apache-2.0

package io.governance.rule;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.random.RandomGenerator;

import io.governance.bean.NamedBeans;
import io.governance.load.CpuLoad;
import io.governance.time.TimeSource;

/**
 * What a policy works with; nothing else is to be reached for.
 *
 * @param rule the rule's name, as {@code type/id}, for rejections and logs
 * @param time the clock
 * @param random the source of chance; thread-safe
 * @param events the counters of {@link RuleType#events()}, by name
 * @param states where states by called service are shown
 * @param cpu how busy this process is
 * @param beans what rules may name
 */
public record PolicyContext(String rule, TimeSource time, RandomGenerator random, Function<String, LongAdder> events,
		StateDisplay states, CpuLoad cpu, NamedBeans beans) {

	/**
	 * Where there is nothing that rules could name.
	 * @param rule the rule's name, as {@code type/id}, for rejections and logs
	 * @param time the clock
	 * @param random the source of chance; thread-safe
	 * @param events the counters of {@link RuleType#events()}, by name
	 * @param states where states by called service are shown
	 * @param cpu how busy this process is
	 */
	public PolicyContext(String rule, TimeSource time, RandomGenerator random, Function<String, LongAdder> events,
			StateDisplay states, CpuLoad cpu) {
		this(rule, time, random, events, states, cpu, NamedBeans.NONE);
	}

}
