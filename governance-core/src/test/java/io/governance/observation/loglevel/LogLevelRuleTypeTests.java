// SPDX-License-Identifier: Apache-2.0

package io.governance.observation.loglevel;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.governance.match.Match;
import io.governance.match.StringMatch;
import io.governance.observation.LogPolicy;
import io.governance.policy.Enforcement;
import io.governance.rule.TestContext;
import io.governance.schema.Violation;
import io.governance.time.ManualTimeSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class LogLevelRuleTypeTests {

	private static final Map<String, LogLevelRule.Level> DEBUG = Map.of("com.acme", LogLevelRule.Level.DEBUG);

	private final LogLevelRuleType type = new LogLevelRuleType();

	private final ManualTimeSource time = new ManualTimeSource();

	private final TestContext context = new TestContext("log-level/r", this.time);

	private static LogLevelRule rule(@Nullable Duration activeFor, @Nullable Instant until) {
		return new LogLevelRule(null, null, 0, DEBUG, activeFor, until);
	}

	private LogPolicy policy(LogLevelRule rule) {
		return (LogPolicy) this.type.newPolicy(rule, this.context.context());
	}

	@ParameterizedTest(name = "active-for {0} until {1}: {2}")
	@CsvSource(nullValues = "-", textBlock = """
			-    , -                      , PT15M
			PT1H , -                      , PT1H
			-    , 1970-01-01T02:00:00Z   , PT2H
			PT1H , 1970-01-01T02:00:00Z   , PT1H
			PT3H , 1970-01-01T02:00:00Z   , PT2H
			-    , 1970-01-05T00:00:00Z   , PT24H
			-    , +1000000-01-01T00:00:00Z , PT24H
			""")
	void endsAtTheEarlierTime(@Nullable Duration activeFor, @Nullable Instant until, Duration expected) {
		LogPolicy policy = policy(rule(activeFor, until));
		assertThat(policy.remainingNanos()).isEqualTo(expected.toNanos());
		assertThat(policy.untilMillis()).isEqualTo(expected.toMillis());
		assertThat(policy.state()).isEqualTo("active until " + Instant.ofEpochSecond(expected.toSeconds()));
		this.time.advance(expected);
		assertThat(policy.remainingNanos()).isZero();
		assertThat(policy.state()).startsWith("returned at ");
		assertThat(this.context.counted("raised")).isEqualTo(1);
		assertThat(this.context.counted("returned")).isEqualTo(1);
	}

	@Test
	void aTimeThatIsPastRaisesNothing() {
		this.time.advanceSeconds(100);
		LogPolicy policy = policy(rule(null, Instant.ofEpochSecond(99)));
		assertThat(policy.remainingNanos()).isZero();
		assertThat(this.context.counted("raised")).isZero();
		assertThat(this.context.counted("returned")).isZero();
	}

	@Test
	void aRestartWithinTheTimeOfUntilEndsAtUntil() {
		this.time.advanceSeconds(90);
		assertThat(policy(rule(null, Instant.ofEpochSecond(100))).remainingNanos())
			.isEqualTo(Duration.ofSeconds(10).toNanos());
	}

	@Test
	void onlyChangesOfWhatItWantsBeginAnew() {
		LogLevelRule before = rule(Duration.ofMinutes(1), null);
		LogPolicy running = policy(before);
		assertThat(this.type.inherit(running, before,
				new LogLevelRule(Match.service("orders"), null, 3, DEBUG, Duration.ofMinutes(1), null),
				this.context.context()))
			.isSameAs(running);
		assertThat(this.type.inherit(running, before,
				new LogLevelRule(null, Enforcement.SHADOW, 0, DEBUG, Duration.ofMinutes(1), null),
				this.context.context()))
			.isNotSameAs(running);
		assertThat(this.type.inherit(running, before, rule(Duration.ofMinutes(2), null), this.context.context()))
			.isNotSameAs(running);
	}

	@Test
	void levelsPrintInOneOrder() {
		LogLevelRule one = new LogLevelRule(null, null, 0,
				Map.of("b", LogLevelRule.Level.WARN, "a", LogLevelRule.Level.OFF), null, null);
		assertThat(one.toString()).contains("{a=OFF, b=WARN}");
		assertThat(this.type.validate(one)).isEmpty();
	}

	@Test
	void loggersAreNeeded() {
		assertThat(this.type.validate(new LogLevelRule(null, null, 0, null, null, null)))
			.containsExactly(new Violation("loggers", "none", "at least one logger with its level"));
		assertThat(
				this.type.validate(new LogLevelRule(null, null, 0, Map.of(" ", LogLevelRule.Level.DEBUG), null, null)))
			.extracting(Violation::component)
			.containsExactly("loggers");
	}

	@ParameterizedTest
	@CsvSource({ "PT0S", "PT0.999S", "PT24H0.001S", "-PT1S" })
	void timesHaveBounds(Duration activeFor) {
		assertThat(this.type.validate(rule(activeFor, null)))
			.containsExactly(new Violation("active-for", activeFor.toString(), "1s to 24h"));
	}

	@Test
	void callsAreNoMatterOfLogLevels() {
		Map<String, StringMatch> condition = Map.of("a", StringMatch.exact("b"));
		Match match = new Match(null, "orders", List.of("GET"), "/x", List.of("h"), condition, condition,
				StringMatch.exact("c"), condition);
		assertThat(this.type.validate(new LogLevelRule(match, null, 0, DEBUG, null, null)))
			.extracting(Violation::component)
			.containsExactlyInAnyOrder("match.path", "match.caller", "match.methods", "match.hosts", "match.headers",
					"match.query", "match.labels");
		assertThat(this.type.validate(new LogLevelRule(Match.service("orders"), null, 0, DEBUG, null, null))).isEmpty();
	}

}
