// SPDX-License-Identifier: Apache-2.0

package io.governance.logging;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import io.governance.engine.PolicyEngine;
import io.governance.match.Match;
import io.governance.observation.loglevel.LogLevelRule;
import io.governance.observation.loglevel.LogLevelRule.Level;
import io.governance.observation.loglevel.LogLevelRuleType;
import io.governance.policy.Enforcement;
import io.governance.rule.EnforcementOverrides;
import io.governance.rule.RuleDefinition;
import io.governance.rule.RuleSet;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggerGroups;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class LiveLogLevelsTests {

	private static final String ORDERS = "live.log.levels.orders";

	private static final String STOCK = "live.log.levels.stock";

	private final LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());

	private final AtomicLong nanos = new AtomicLong();

	private final PolicyEngine engine = new PolicyEngine("orders", new Clock(this.nanos), new Random(1));

	private final LiveLogLevels levels = new LiveLogLevels(this.engine, this.logging,
			new LoggerGroups(Map.of("shop", List.of(ORDERS, STOCK), "empty", List.of())));

	private int revision;

	@BeforeEach
	void start() {
		this.levels.start();
	}

	@AfterEach
	void stop() {
		this.levels.stop();
		this.logging.setLogLevel(ORDERS, null);
		this.logging.setLogLevel(STOCK, null);
	}

	private void apply(RuleDefinition<?>... rules) {
		this.engine.apply(new RuleSet("r" + ++this.revision, Arrays.asList(rules), EnforcementOverrides.NONE));
	}

	private void advance(Duration duration, RuleDefinition<?>... rules) {
		this.nanos.addAndGet(duration.toNanos());
		apply(rules);
	}

	private static RuleDefinition<LogLevelRule> rule(String id, int priority, int seconds, Map<String, Level> loggers) {
		return new RuleDefinition<>(new LogLevelRuleType(), id,
				new LogLevelRule(Match.ANY, Enforcement.ENFORCED, priority, loggers, Duration.ofSeconds(seconds), null),
				"test");
	}

	private @Nullable LogLevel level(String logger) {
		return this.logging.getLoggerConfiguration(logger).getConfiguredLevel();
	}

	private static Set<Thread> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("governance-log-levels"))
			.collect(Collectors.toSet());
	}

	@Test
	void levelHoldsForItsTimeAndReturnsToInherited(CapturedOutput output) {
		RuleDefinition<?> rule = rule("a", 0, 60, Map.of(ORDERS, Level.DEBUG));
		apply(rule);
		assertThat(level(ORDERS)).isEqualTo(LogLevel.DEBUG);
		advance(Duration.ofSeconds(59), rule);
		assertThat(level(ORDERS)).isEqualTo(LogLevel.DEBUG);
		advance(Duration.ofSeconds(1), rule);
		assertThat(level(ORDERS)).isNull();
		assertThat(output)
			.containsOnlyOnce("log level set: rule=log-level/a logger=" + ORDERS
					+ " level=DEBUG before=inherited until=1970-01-01T00:01:00Z")
			.containsOnlyOnce("log level returned: rule=log-level/a logger=" + ORDERS + " level=inherited");
	}

	@Test
	void removedRuleReturnsToTheConfiguredLevel() {
		this.logging.setLogLevel(ORDERS, LogLevel.WARN);
		apply(rule("a", 0, 60, Map.of(ORDERS, Level.TRACE)));
		assertThat(level(ORDERS)).isEqualTo(LogLevel.TRACE);
		apply();
		assertThat(level(ORDERS)).isEqualTo(LogLevel.WARN);
	}

	@Test
	void rulesThatOverlapGiveBackWhatWasThereBeforeAllOfThem() {
		this.logging.setLogLevel(ORDERS, LogLevel.ERROR);
		RuleDefinition<?> first = rule("a", 1, 60, Map.of(ORDERS, Level.TRACE));
		RuleDefinition<?> second = rule("b", 0, 120, Map.of(ORDERS, Level.DEBUG));
		apply(second);
		assertThat(level(ORDERS)).isEqualTo(LogLevel.DEBUG);
		apply(first, second);
		assertThat(level(ORDERS)).isEqualTo(LogLevel.TRACE);
		advance(Duration.ofSeconds(60), first, second);
		assertThat(level(ORDERS)).isEqualTo(LogLevel.DEBUG);
		advance(Duration.ofSeconds(60), first, second);
		assertThat(level(ORDERS)).isEqualTo(LogLevel.ERROR);
	}

	@Test
	void groupsAreTheirMembersAndALoggerComesBeforeItsGroup() {
		apply(rule("a", 0, 60, Map.of("shop", Level.DEBUG, STOCK, Level.TRACE, "empty", Level.WARN)));
		assertThat(level(ORDERS)).isEqualTo(LogLevel.DEBUG);
		assertThat(level(STOCK)).isEqualTo(LogLevel.TRACE);
		apply();
		assertThat(level(ORDERS)).isNull();
		assertThat(level(STOCK)).isNull();
	}

	@Test
	void rootIsNamedInAnyCase() {
		LogLevel before = level(LoggingSystem.ROOT_LOGGER_NAME);
		apply(rule("a", 0, 60, Map.of("root", Level.ERROR)));
		assertThat(level(LoggingSystem.ROOT_LOGGER_NAME)).isEqualTo(LogLevel.ERROR);
		apply();
		assertThat(level(LoggingSystem.ROOT_LOGGER_NAME)).isEqualTo(before);
	}

	@Test
	void whatSomebodyElseSetMeanwhileStays() {
		apply(rule("a", 0, 60, Map.of(ORDERS, Level.DEBUG)));
		this.logging.setLogLevel(ORDERS, LogLevel.WARN);
		apply();
		assertThat(level(ORDERS)).isEqualTo(LogLevel.WARN);
	}

	@Test
	void theRuleHoldsWhenConfigurationSetsTheLevelAndReturnsToIt(CapturedOutput output) {
		RuleDefinition<?> rule = rule("a", 0, 60, Map.of(ORDERS, Level.DEBUG));
		apply(rule);
		this.logging.setLogLevel(ORDERS, LogLevel.WARN);
		this.levels.update();
		assertThat(level(ORDERS)).isEqualTo(LogLevel.DEBUG);
		this.logging.setLogLevel(ORDERS, LogLevel.WARN);
		this.levels.update();
		assertThat(output).containsOnlyOnce("before=WARN");
		apply();
		assertThat(level(ORDERS)).isEqualTo(LogLevel.WARN);
	}

	@Test
	void aChangedLevelKeepsWhatWasThereBefore() {
		this.logging.setLogLevel(ORDERS, LogLevel.ERROR);
		apply(rule("a", 0, 60, Map.of(ORDERS, Level.DEBUG)));
		apply(rule("a", 0, 60, Map.of(ORDERS, Level.OFF)));
		assertThat(level(ORDERS)).isEqualTo(LogLevel.OFF);
		apply();
		assertThat(level(ORDERS)).isEqualTo(LogLevel.ERROR);
	}

	@Test
	void levelsReturnWhenTheApplicationStops() {
		apply(rule("a", 0, 60, Map.of(ORDERS, Level.DEBUG)));
		this.levels.stop();
		assertThat(level(ORDERS)).isNull();
		apply(rule("b", 0, 60, Map.of(ORDERS, Level.DEBUG)));
		assertThat(level(ORDERS)).isNull();
	}

	@Test
	void thereIsAThreadOnlyWhileARuleIsActive() throws InterruptedException {
		// those of other tests may be about to end
		Set<Thread> before = threads();
		apply(rule("a", 0, 60, Map.of(ORDERS, Level.DEBUG)));
		Set<Thread> started = threads();
		started.removeAll(before);
		assertThat(started).hasSize(1);
		this.levels.stop();
		assertThat(this.levels.isRunning()).isFalse();
		for (Thread thread : started) {
			thread.join(10_000);
			assertThat(thread.isAlive()).isFalse();
		}
	}

	private record Clock(AtomicLong nanos) implements TimeSource {

		@Override
		public long nanoTime() {
			return this.nanos.get();
		}

		@Override
		public long epochMillis() {
			return this.nanos.get() / 1_000_000;
		}

	}

}
