// SPDX-License-Identifier: Apache-2.0

package io.governance.execution.retry;

import java.time.Duration;
import java.util.List;

import io.governance.match.Match;
import io.governance.match.OutcomeMatch;
import io.governance.policy.Direction;
import io.governance.policy.Enforcement;
import io.governance.policy.Stage;
import io.governance.schema.Violation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RetryRuleTypeTests {

	private final RetryRuleType type = new RetryRuleType();

	private static RetryRule rule(@Nullable Integer attempts, @Nullable Long maxBodyBytes, @Nullable Duration base,
			@Nullable Duration max, @Nullable Double ratio, @Nullable Integer minPerSecond) {
		return new RetryRule(null, null, 0, attempts, null, false, new Backoff(base, max),
				new Budget(ratio, minPerSecond), null, maxBodyBytes, null, null);
	}

	@Test
	void absentComponentsTakeTheirDefaults() {
		RetryRule rule = new RetryRule(null, null, 0, null, null, false, null, null, null, null, null, null);
		assertThat(rule.match()).isEqualTo(Match.ANY);
		assertThat(rule.enforcement()).isEqualTo(Enforcement.ENFORCED);
		assertThat(rule.attempts()).isEqualTo(2);
		assertThat(rule.retryOn()).map(OutcomeMatch::text).containsExactly("connect", "not-processed", "reset");
		assertThat(rule.backoff()).isEqualTo(new Backoff(Duration.ofMillis(25), Duration.ofMillis(250)));
		assertThat(rule.budget()).isEqualTo(new Budget(0.2, 3));
		assertThat(rule.maxRetryAfter()).isEqualTo(Duration.ofSeconds(5));
		assertThat(rule.maxBodyBytes()).isEqualTo(65_536);
		assertThat(this.type.validate(rule)).isEmpty();
	}

	@Test
	void builtInRuleIsValidAndAllDefaults() {
		assertThat(this.type.defaults()).containsOnlyKeys("default");
		RetryRule rule = this.type.defaults().get("default");
		assertThat(this.type.validate(rule)).isEmpty();
		assertThat(rule).isEqualTo(new RetryRule(null, null, 0, null, null, false, null, null, null, null, null, null));
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			attempts              | 0        | 1 to 10
			attempts              | -1       | 1 to 10
			attempts              | 11       | 1 to 10
			max-body-bytes        | -1       | 0 to 16777216
			max-body-bytes        | 16777217 | 0 to 16777216
			budget.ratio          | -0.1     | 0 to 10
			budget.ratio          | 10.1     | 0 to 10
			budget.ratio          | NaN      | 0 to 10
			budget.min-per-second | -1       | 0 to 10000
			budget.min-per-second | 10001    | 0 to 10000
			""")
	void refusesNumbersOutOfBounds(String component, String value, String expected) {
		RetryRule rule = switch (component) {
			case "attempts" -> rule(Integer.valueOf(value), null, null, null, null, null);
			case "max-body-bytes" -> rule(null, Long.valueOf(value), null, null, null, null);
			case "budget.ratio" -> rule(null, null, null, null, Double.valueOf(value), null);
			default -> rule(null, null, null, null, null, Integer.valueOf(value));
		};
		assertThat(this.type.validate(rule)).containsExactly(new Violation(component, value, expected));
	}

	@ParameterizedTest(name = "{0} to {1}")
	@CsvSource(nullValues = "-", textBlock = """
			PT0S,     -,       backoff.base
			-PT1S,    PT1S,    backoff.base
			PT0.0009S, PT1S,   backoff.base
			PT61S,    PT10M,   backoff.base
			PT0.1S,   PT0.09S, backoff.max
			PT1S,     PT601S,  backoff.max
			-,        PT0.01S, backoff.max
			""")
	void refusesWaitsOutOfBounds(@Nullable Duration base, @Nullable Duration max, String component) {
		assertThat(this.type.validate(rule(null, null, base, max, null, null))).singleElement()
			.extracting(Violation::component)
			.isEqualTo(component);
	}

	@ParameterizedTest
	@CsvSource({ "PT0S, true", "PT10M, true", "PT-0.001S, false", "PT10M0.001S, false", "P106751991167300D, false" })
	void aRetryAfterIsBounded(Duration longest, boolean valid) {
		RetryRule rule = new RetryRule(null, null, 0, null, null, false, null, null, longest, null, null, null);
		assertThat(this.type.validate(rule)).extracting(Violation::component)
			.isEqualTo(valid ? List.of() : List.of("max-retry-after"));
	}

	@Test
	void absurdWaitsAreFaultsAndNotErrors() {
		assertThat(this.type.validate(rule(null, null, Duration.ofSeconds(Long.MAX_VALUE), null, null, null)))
			.extracting(Violation::component)
			.containsExactly("backoff.base", "backoff.max");
		assertThat(this.type.validate(rule(null, null, Duration.ofSeconds(Long.MIN_VALUE), null, null, null)))
			.extracting(Violation::component)
			.containsExactly("backoff.base");
	}

	@Test
	void boundsThemselvesAreTaken() {
		assertThat(this.type.validate(rule(1, 0L, Duration.ofMillis(1), Duration.ofMillis(1), 0.0, 0))).isEmpty();
		assertThat(
				this.type.validate(rule(10, 16_777_216L, Duration.ofMinutes(1), Duration.ofMinutes(10), 10.0, 10_000)))
			.isEmpty();
	}

	@Test
	void allFaultsAreCollected() {
		assertThat(this.type.validate(rule(0, -1L, Duration.ZERO, Duration.ofDays(1), -1.0, -1)))
			.extracting(Violation::component)
			.containsExactly("attempts", "max-body-bytes", "backoff.base", "backoff.max", "budget.ratio",
					"budget.min-per-second");
	}

	@Test
	void declaresItself() {
		assertThat(this.type.name()).isEqualTo("retry");
		assertThat(this.type.ruleClass()).isEqualTo(RetryRule.class);
		assertThat(this.type.directions()).isEqualTo(List.of(Direction.OUTBOUND));
		assertThat(this.type.stage(this.type.defaults().get("default"), Direction.OUTBOUND)).isEqualTo(Stage.RETRY);
		assertThat(this.type.isAdditive()).isFalse();
		assertThat(this.type.events()).containsExactlyInAnyOrder("retried", "budget-exhausted", "retry-after-exceeded",
				"retried-behind", "failback-queued", "failback-full", "failback-retried", "failback-succeeded",
				"failback-refused", "failback-exhausted", "failback-removed", "failback-stopped");
	}

}
