// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.bulkhead;

import java.time.Duration;
import java.util.List;

import io.governance.match.CallKey;
import io.governance.match.Match;
import io.governance.policy.Direction;
import io.governance.policy.Enforcement;
import io.governance.policy.Policy;
import io.governance.policy.Reason;
import io.governance.policy.Stage;
import io.governance.schema.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class BulkheadRuleTypeTests {

	private final BulkheadRuleType type = new BulkheadRuleType();

	private static BulkheadRule defaults() {
		return new BulkheadRule(null, null, 0, null, null, null, null, null);
	}

	private static BulkheadRule rule(Integer calls, Integer waiting, String wait, Integer maxKeys) {
		return new BulkheadRule(null, null, 0, null, calls, waiting, (wait != null) ? Duration.parse(wait) : null,
				maxKeys);
	}

	@Test
	void absentComponentsTakeTheirDefaults() {
		BulkheadRule rule = defaults();
		assertThat(rule.match()).isEqualTo(Match.ANY);
		assertThat(rule.enforcement()).isEqualTo(Enforcement.ENFORCED);
		assertThat(rule.key()).isEqualTo(CallKey.parse("service"));
		assertThat(rule.maxConcurrentCalls()).isEqualTo(25);
		assertThat(rule.maxWaiting()).isZero();
		assertThat(rule.maxWait()).isZero();
		assertThat(rule.maxKeys()).isEqualTo(1_000);
		assertThat(this.type.validate(rule)).isEmpty();
	}

	@ParameterizedTest(name = "{0} {1} {2} {3}: {4}")
	@CsvSource(nullValues = "-", delimiter = '|', textBlock = """
			0       | -      | -          | -       | max-concurrent-calls | 1 to 1000000
			-1      | -      | -          | -       | max-concurrent-calls | 1 to 1000000
			1000001 | -      | -          | -       | max-concurrent-calls | 1 to 1000000
			-       | -1     | -          | -       | max-waiting          | 0 to 100000
			-       | 100001 | PT1S       | -       | max-waiting          | 0 to 100000
			-       | 1      | -          | -       | max-wait             | 1ms to 1h, since calls may wait
			-       | 1      | PT0S       | -       | max-wait             | 1ms to 1h, since calls may wait
			-       | 1      | PT0.0009S  | -       | max-wait             | 1ms to 1h
			-       | 1      | PT1H0.001S | -       | max-wait             | 1ms to 1h
			-       | -      | -PT1S      | -       | max-wait             | 1ms to 1h
			-       | -      | -          | 0       | max-keys             | 1 to 100000
			-       | -      | -          | 100001  | max-keys             | 1 to 100000
			""")
	void refusesWhatIsOutOfBounds(Integer calls, Integer waiting, String wait, Integer maxKeys, String component,
			String expected) {
		assertThat(this.type.validate(rule(calls, waiting, wait, maxKeys))).singleElement().satisfies((violation) -> {
			assertThat(violation.component()).isEqualTo(component);
			assertThat(violation.expected()).isEqualTo(expected);
		});
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "1, 0, -, 1", "1000000, 100000, PT1H, 100000", "1, 1, PT0.001S, 1", "1, 0, PT1S, 1" })
	void takesWhatIsAtTheBounds(Integer calls, Integer waiting, String wait, Integer maxKeys) {
		assertThat(this.type.validate(rule(calls, waiting, wait, maxKeys))).isEmpty();
	}

	@Test
	void absurdTimesAreFaultsAndNotErrors() {
		assertThat(this.type.validate(rule(1, 1, Duration.ofSeconds(Long.MAX_VALUE).toString(), 1)))
			.extracting(Violation::component)
			.containsExactly("max-wait");
	}

	@Test
	void allFaultsAreCollected() {
		assertThat(this.type.validate(rule(0, -1, "-PT1S", 0))).extracting(Violation::component)
			.containsExactly("max-concurrent-calls", "max-waiting", "max-keys", "max-wait");
	}

	@Test
	void declaresItself() {
		assertThat(this.type.name()).isEqualTo("bulkhead");
		assertThat(this.type.ruleClass()).isEqualTo(BulkheadRule.class);
		assertThat(this.type.directions()).containsExactly(Direction.OUTBOUND, Direction.INBOUND);
		assertThat(this.type.isAdditive()).isTrue();
		assertThat(this.type.reasons()).containsExactly(Reason.BULKHEAD_FULL);
		assertThat(this.type.events()).containsExactlyInAnyOrder("overflow", "queued", "given-up");
		assertThat(this.type.defaults()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "service", "operation", "caller", "header:x-user" })
	void actsInboundBeforeSecurity(String key) {
		BulkheadRule rule = BulkheadTestBed.rule(key, 1, 0, 1);
		assertThat(this.type.stage(rule, Direction.INBOUND)).isEqualTo(Stage.CONCURRENCY_LIMIT);
		assertThat(this.type.stage(rule, Direction.OUTBOUND)).isEqualTo(Stage.BULKHEAD);
	}

	@Test
	void actsBehindSecurityWhenKeyedByPrincipal() {
		BulkheadRule rule = BulkheadTestBed.rule("principal", 1, 0, 1);
		assertThat(this.type.stage(rule, Direction.INBOUND)).isEqualTo(Stage.IDENTIFIED_CONCURRENCY_LIMIT);
		assertThat(this.type.stage(rule, Direction.OUTBOUND)).isEqualTo(Stage.BULKHEAD);
	}

	@Test
	void isTheSameWhenOnlyMatchPriorityOrEnforcementChange() {
		BulkheadTestBed bulkhead = new BulkheadTestBed(2, 1);
		Policy before = bulkhead.policy;
		BulkheadRule rule = BulkheadTestBed.rule(2, 1);
		bulkhead.change(new BulkheadRule(Match.service("inventory"), Enforcement.SHADOW, 7, rule.key(),
				rule.maxConcurrentCalls(), rule.maxWaiting(), rule.maxWait(), rule.maxKeys()));
		assertThat(bulkhead.policy).isSameAs(before);
	}

	static List<BulkheadRule> otherKeys() {
		return List.of(BulkheadTestBed.rule("operation", 2, 0, 10), BulkheadTestBed.rule("service", 2, 0, 11));
	}

	@ParameterizedTest
	@MethodSource("otherKeys")
	void otherKeysStartAnew(BulkheadRule after) {
		BulkheadTestBed bulkhead = new BulkheadTestBed(2, 0);
		bulkhead.admit();
		bulkhead.change(after);
		assertThat(bulkhead.state()).isEmpty();
	}

	static List<BulkheadRule> otherNumbers() {
		return List.of(BulkheadTestBed.rule(3, 0), BulkheadTestBed.rule(2, 1),
				new BulkheadRule(null, null, 0, CallKey.parse("service"), 2, 0, Duration.ofSeconds(1), 10));
	}

	@ParameterizedTest
	@MethodSource("otherNumbers")
	void otherNumbersKeepWhatIsUnderWay(BulkheadRule after) {
		BulkheadTestBed bulkhead = new BulkheadTestBed(2, 0);
		bulkhead.admit();
		bulkhead.change(after);
		assertThat(bulkhead.state()).startsWith("inventory=1/" + after.maxConcurrentCalls());
	}

}
