// SPDX-License-Identifier: Apache-2.0

package io.governance.cpu;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

import io.governance.engine.PolicyEngine;
import io.governance.match.Match;
import io.governance.policy.Enforcement;
import io.governance.policy.loadshedding.LoadSheddingRule;
import io.governance.policy.loadshedding.LoadSheddingRuleType;
import io.governance.rule.EnforcementOverrides;
import io.governance.rule.RuleDefinition;
import io.governance.rule.RuleSet;
import io.governance.time.TimeSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SampledCpuLoadTests {

	private static final long WAIT_MILLIS = 10_000;

	private final PolicyEngine engine = new PolicyEngine("orders", TimeSource.system(), new Random(1));

	private final SampledCpuLoad cpu = new SampledCpuLoad(() -> 1, () -> this.engine);

	/** Those of other tests may be about to end. */
	private final Set<Thread> before = threads();

	@AfterEach
	void stop() {
		this.cpu.stop();
	}

	private static Set<Thread> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("governance-cpu"))
			.collect(Collectors.toSet());
	}

	private Set<Thread> started() {
		Set<Thread> started = threads();
		started.removeAll(this.before);
		return started;
	}

	private void apply(Enforcement enforcement) {
		LoadSheddingRule rule = new LoadSheddingRule(Match.ANY, enforcement, 0, 90, 10);
		this.engine.apply(new RuleSet(enforcement.name(),
				List.of(new RuleDefinition<>(new LoadSheddingRuleType(), "a", rule, "test")),
				EnforcementOverrides.NONE));
	}

	private static void assertEnd(Set<Thread> threads) throws InterruptedException {
		for (Thread thread : threads) {
			thread.join(WAIT_MILLIS);
			assertThat(thread.isAlive()).isFalse();
		}
	}

	@Test
	void nothingIsMeasuredWithoutARuleThatAsks() {
		this.cpu.start();
		assertThat(this.cpu.isRunning()).isTrue();
		assertThat(this.cpu.load()).isNaN();
		assertThat(started()).isEmpty();
	}

	@Test
	void theLoadIsKnownAsSoonAsThereIsARule() {
		apply(Enforcement.ENFORCED);
		this.cpu.start();
		assertThat(this.cpu.load()).isBetween(0.05, 1.0);
		assertThat(started()).hasSize(1).allMatch(Thread::isDaemon);
	}

	@Test
	void aRuleThatComesLaterStartsIt() throws InterruptedException {
		this.cpu.start();
		apply(Enforcement.SHADOW);
		assertThat(this.cpu.load()).isBetween(0.05, 1.0);
		Set<Thread> sampling = started();
		assertThat(sampling).hasSize(1);
		apply(Enforcement.ENFORCED);
		assertThat(started()).isEqualTo(sampling);
		apply(Enforcement.OFF);
		assertThat(this.cpu.load()).isNaN();
		assertEnd(sampling);
	}

	@Test
	void aRuleThatGoesEndsIt() throws InterruptedException {
		this.cpu.start();
		apply(Enforcement.ENFORCED);
		Set<Thread> sampling = started();
		this.engine.apply(RuleSet.EMPTY);
		assertThat(this.cpu.load()).isNaN();
		assertEnd(sampling);
	}

	@Test
	void theApplicationsEndEndsItAndItCanStartAgain() throws InterruptedException {
		apply(Enforcement.ENFORCED);
		this.cpu.start();
		Set<Thread> sampling = started();
		this.cpu.stop();
		assertThat(this.cpu.isRunning()).isFalse();
		assertThat(this.cpu.load()).isNaN();
		assertEnd(sampling);
		apply(Enforcement.SHADOW);
		assertThat(this.cpu.load()).isNaN();
		this.cpu.start();
		assertThat(this.cpu.load()).isBetween(0.05, 1.0);
	}

}
