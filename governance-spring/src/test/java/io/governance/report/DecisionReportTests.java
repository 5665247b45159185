// SPDX-License-Identifier: Apache-2.0

package io.governance.report;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.governance.autoconfigure.GovernanceAutoConfiguration;
import io.governance.autoconfigure.GovernanceReportAutoConfiguration;
import io.governance.binding.LiveRules;
import io.governance.engine.PolicyEngine;
import io.governance.load.CpuLoad;
import io.governance.policy.Call;
import io.governance.policy.Decision;
import io.governance.policy.Direction;
import io.governance.policy.Enforcement;
import io.governance.policy.Outcome;
import io.governance.policy.Segment;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

class DecisionReportTests {

	private static final int CALLS = 10_000;

	private final Clock clock = new Clock();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(GovernanceAutoConfiguration.class))
		.withBean(TimeSource.class, () -> this.clock)
		.withBean(CpuLoad.class, () -> () -> 0);

	private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

	private ConfigurableApplicationContext context;

	private void run(String rule, Scenario scenario) {
		this.contextRunner.withPropertyValues(rule.split(" ")).run((context) -> {
			this.context = context;
			Logger logger = (Logger) LoggerFactory.getLogger("io.governance");
			this.lines.start();
			logger.addAppender(this.lines);
			try {
				PolicyEngine engine = context.getBean(PolicyEngine.class);
				scenario.run(engine, new DecisionReport(engine, this.clock));
			}
			finally {
				logger.detachAppender(this.lines);
			}
		});
	}

	private List<String> said() {
		return this.lines.list.stream()
			.map((line) -> line.getLevel() + " " + line.getFormattedMessage())
			.filter((line) -> !line.contains(" rules applied: "))
			.toList();
	}

	@Test
	void aFloodOfRejectionsIsTwoLines() {
		run("governance.rules.rate-limit.tight.limit=1 governance.rules.rate-limit.tight.per=1d", (engine, report) -> {
			report.update();
			for (int i = 0; i <= CALLS; i++) {
				engine.tryAcquire(Segment.EDGE, new TestCall(Direction.INBOUND));
				if (i % 100 == 0) {
					this.clock.advance(Duration.ofMillis(100));
					report.update();
				}
			}
			assertThat(said()).containsExactly(
					"WARN rule=rate-limit/tight enforcement=enforced rejecting=started reasons=[rate-limited]");
			this.clock.advance(DecisionReport.CALM);
			report.update();
			report.update();
			assertThat(said()).hasSize(2)
				.last()
				.isEqualTo("INFO rule=rate-limit/tight enforcement=enforced rejecting=over rejected=" + CALLS);
		});
	}

	@Test
	void aRuleThatRejectsNowAndThenIsOneEpisode() {
		run("governance.rules.rate-limit.tight.limit=1 governance.rules.rate-limit.tight.per=1d", (engine, report) -> {
			for (int i = 0; i < 50; i++) {
				engine.tryAcquire(Segment.EDGE, new TestCall(Direction.INBOUND));
				report.update();
				this.clock.advance(DecisionReport.CALM.minusSeconds(1));
				report.update();
			}
			assertThat(said()).hasSize(1);
		});
	}

	@Test
	void aShadowIsSaidToBeOne() {
		run("governance.rules.rate-limit.a.limit=1 governance.rules.rate-limit.a.per=1d "
				+ "governance.rules.rate-limit.a.enforcement=SHADOW", (engine, report) -> {
					engine.tryAcquire(Segment.EDGE, new TestCall(Direction.INBOUND));
					engine.tryAcquire(Segment.EDGE, new TestCall(Direction.INBOUND));
					report.update();
					assertThat(said()).singleElement().asString().contains("enforcement=shadow rejecting=started");
				});
	}

	@Test
	void whatWasSaidIsNotSaidAnewAfterAKillSwitch() {
		run("governance.rules.rate-limit.tight.limit=1 governance.rules.rate-limit.tight.per=1d", (engine, report) -> {
			reject(engine, 500);
			report.update();
			this.clock.advance(DecisionReport.CALM);
			report.update();
			assertThat(said()).hasSize(2);
			for (Enforcement weaker : List.of(Enforcement.SHADOW, Enforcement.OFF)) {
				weaken(this.context, weaker);
				report.update();
				weaken(this.context, Enforcement.ENFORCED);
				report.update();
				this.clock.advance(DecisionReport.CALM);
				report.update();
			}
			assertThat(said()).hasSize(2);
			reject(engine, 3);
			report.update();
			this.clock.advance(DecisionReport.CALM);
			report.update();
			assertThat(said()).hasSize(4).last().asString().endsWith("enforcement=enforced rejecting=over rejected=3");
		});
	}

	@Test
	void anEpisodeEndsWithItsEnforcement() {
		run("governance.rules.rate-limit.tight.limit=1 governance.rules.rate-limit.tight.per=1d", (engine, report) -> {
			reject(engine, 5);
			report.update();
			reject(engine, 2);
			weaken(this.context, Enforcement.SHADOW);
			report.update();
			report.update();
			assertThat(said()).hasSize(2).last().asString().endsWith("enforcement=enforced rejecting=over rejected=7");
		});
	}

	private static void reject(PolicyEngine engine, int count) {
		int rejected = 0;
		while (rejected < count) {
			rejected += (engine.tryAcquire(Segment.EDGE, new TestCall(Direction.INBOUND)) instanceof Decision.Rejected)
					? 1 : 0;
		}
	}

	private static void weaken(ConfigurableApplicationContext context, Enforcement all) {
		TestPropertyValues.of("governance.enforcement.all=" + all).applyTo(context);
		context.getBean(LiveRules.class).refresh();
	}

	@Test
	void openBreakersAreLeftToSpeakForThemselves() {
		run("governance.rules.circuit-breaker.b.minimum-calls=2", (engine, report) -> {
			for (int i = 0; i < CALLS; i++) {
				if (engine.tryAcquire(Segment.ATTEMPT,
						new TestCall(Direction.OUTBOUND)) instanceof Decision.Admitted admitted) {
					admitted.permit().release(Outcome.response(503, false, 1));
				}
			}
			report.update();
			assertThat(said()).singleElement().asString().contains("from=CLOSED to=OPEN");
		});
	}

	@Test
	void theReporterRunsWhileTheApplicationDoes() {
		this.contextRunner.withConfiguration(AutoConfigurations.of(GovernanceReportAutoConfiguration.class))
			.run((context) -> {
				DecisionReporter reporter = context.getBean(DecisionReporter.class);
				assertThat(reporter.isRunning()).isTrue();
				reporter.stop();
				assertThat(reporter.isRunning()).isFalse();
			});
	}

	@FunctionalInterface
	private interface Scenario {

		void run(PolicyEngine engine, DecisionReport report);

	}

	private static final class Clock implements TimeSource {

		private final AtomicLong nanos = new AtomicLong();

		void advance(Duration duration) {
			this.nanos.addAndGet(duration.toNanos());
		}

		@Override
		public long nanoTime() {
			return this.nanos.get();
		}

		@Override
		public long epochMillis() {
			return this.nanos.get() / 1_000_000;
		}

	}

	/**
	 * A call without any conditions to it.
	 */
	private record TestCall(Direction direction) implements Call {

		@Override
		public String service() {
			return "inventory";
		}

		@Override
		public String method() {
			return "GET";
		}

		@Override
		public String path() {
			return "/";
		}

		@Override
		public @Nullable String header(String name) {
			return null;
		}

		@Override
		public @Nullable String query(String name) {
			return null;
		}

	}

}
