// SPDX-License-Identifier: Apache-2.0

package io.governance.rule;

import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import io.governance.bean.NamedBeans;
import io.governance.lease.Leases;
import io.governance.load.CpuLoad;
import io.governance.process.ProcessResources;
import io.governance.time.TimeSource;

/**
 * What a policy works with in a test, and what it counted.
 */
public final class TestContext {

	private final Map<String, LongAdder> events = new ConcurrentHashMap<>();

	private final PolicyContext context;

	public TestContext(String rule, TimeSource time) {
		this(rule, time, CpuLoad.UNKNOWN);
	}

	public TestContext(String rule, TimeSource time, CpuLoad cpu) {
		this(rule, time, cpu, Leases.NONE);
	}

	public TestContext(String rule, TimeSource time, Leases leases) {
		this(rule, time, CpuLoad.UNKNOWN, leases);
	}

	private TestContext(String rule, TimeSource time, CpuLoad cpu, Leases leases) {
		this.context = new PolicyContext(rule, time, new Random(1),
				(name) -> this.events.computeIfAbsent(name, (key) -> new LongAdder()), StateDisplay.NONE,
				new ProcessResources(cpu, leases, NamedBeans.NONE));
	}

	public PolicyContext context() {
		return this.context;
	}

	public long counted(String event) {
		LongAdder adder = this.events.get(event);
		return (adder != null) ? adder.sum() : 0;
	}

}
