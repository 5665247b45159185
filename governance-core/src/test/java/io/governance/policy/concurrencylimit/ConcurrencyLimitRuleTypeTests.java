// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.concurrencylimit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.governance.match.CallKey;
import io.governance.match.Match;
import io.governance.match.OutcomeMatch;
import io.governance.policy.Direction;
import io.governance.policy.Enforcement;
import io.governance.policy.FakeCall;
import io.governance.policy.Permit;
import io.governance.policy.Policy;
import io.governance.policy.Call.Priority;
import io.governance.policy.Reason;
import io.governance.policy.Stage;
import io.governance.schema.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ConcurrencyLimitRuleTypeTests {

	private final ConcurrencyLimitRuleType type = new ConcurrencyLimitRuleType();

	private final LimitTestBed bed = new LimitTestBed();

	private static ConcurrencyLimitRule shadowed(ConcurrencyLimitRule rule) {
		return new ConcurrencyLimitRule(Match.service("orders"), Enforcement.SHADOW, 7, rule.key(), rule.maxKeys(),
				rule.initial(), rule.min(), rule.max(), rule.smoothing(), rule.queue(), rule.tolerance(),
				rule.longWindow(), rule.droppedOn(), rule.dropShare(), rule.shrinkOnDrop(), rule.growOnlyWhenSteady(),
				rule.shares());
	}

	private void change(ConcurrencyLimitRule before, ConcurrencyLimitRule after) {
		this.bed.policy = this.type.inherit(this.bed.policy, before, after, this.bed.context.context());
	}

	@Test
	void absentComponentsTakeTheirDefaults() {
		ConcurrencyLimitRule rule = LimitTestBed.rule();
		assertThat(rule.match()).isEqualTo(Match.ANY);
		assertThat(rule.enforcement()).isEqualTo(Enforcement.ENFORCED);
		assertThat(rule.key()).isEqualTo(CallKey.parse("service"));
		assertThat(rule.maxKeys()).isEqualTo(1_000);
		assertThat(List.of(rule.initial(), rule.min(), rule.max())).containsExactly(20, 10, 200);
		assertThat(rule.smoothing()).isEqualTo(0.2);
		assertThat(rule.queue()).isEqualTo(4);
		assertThat(rule.tolerance()).isEqualTo(1.5);
		assertThat(rule.longWindow()).isEqualTo(600);
		assertThat(rule.droppedOn()).map(OutcomeMatch::text).containsExactly("timeout", "not-processed");
		assertThat(rule.dropShare()).isEqualTo(5);
		assertThat(rule.shrinkOnDrop()).isTrue();
		assertThat(rule.growOnlyWhenSteady()).isTrue();
		assertThat(rule.shares()).isEqualTo(Map.of("critical", 0.6, "default", 0.4));
		assertThat(this.type.validate(rule)).isEmpty();
	}

	@ParameterizedTest(name = "{0}: {1} {2} {3}")
	@CsvSource({ "max=7, 7, 7, 7", "max=15, 15, 10, 15", "min=3, 20, 3, 200", "min=50, 50, 50, 200",
			"min=500, 500, 500, 500", "initial=4, 4, 4, 200", "initial=300, 300, 10, 300" })
	void limitsThatAreNotSetGiveWay(String setting, int initial, int min, int max) {
		ConcurrencyLimitRule rule = LimitTestBed.rule(setting);
		assertThat(List.of(rule.initial(), rule.min(), rule.max())).containsExactly(initial, min, max);
		assertThat(this.type.validate(rule)).isEmpty();
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource(delimiter = '|', textBlock = """
			key=principal          | key             | a key that is known before security
			max-keys=0             | max-keys        | 1 to 100000
			max-keys=100001        | max-keys        | 1 to 100000
			min=0                  | min             | 1 to 100000
			min=-1                 | min             | 1 to 100000
			max=0                  | max             | min to 100000
			max=100001             | max             | min to 100000
			initial=0              | initial         | min to max
			smoothing=0            | smoothing       | 0.01 to 1
			smoothing=1.01         | smoothing       | 0.01 to 1
			smoothing=NaN          | smoothing       | 0.01 to 1
			queue=0                | queue           | 1 to 1000
			queue=1001             | queue           | 1 to 1000
			tolerance=0.9          | tolerance       | 1 to 10
			tolerance=10.1         | tolerance       | 1 to 10
			tolerance=Infinity     | tolerance       | 1 to 10
			long-window=9          | long-window     | 10 to 100000
			long-window=100001     | long-window     | 10 to 100000
			drop-share=-0.1        | drop-share      | 0 to 100
			drop-share=100.1       | drop-share      | 0 to 100
			drop-share=NaN         | drop-share      | 0 to 100
			shares=-0.1/0.5/0      | shares.critical | 0 to 1
			shares=0/1.5/0         | shares.default  | 0 to 1
			shares=0/0/NaN         | shares.sheddable | 0 to 1
			shares=0.5/0.5/0.1     | shares          | at most 1 in all
			""")
	void refusesWhatIsOutOfBounds(String setting, String component, String expected) {
		ConcurrencyLimitRule rule = LimitTestBed.rule(setting);
		assertThat(this.type.validate(rule)).filteredOn((violation) -> violation.component().equals(component))
			.extracting(Violation::expected)
			.containsExactly(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "max-keys=1", "max-keys=100000", "min=1", "min=100000", "max=100000", "smoothing=0.01",
			"smoothing=1", "queue=1", "queue=1000", "tolerance=1", "tolerance=10", "long-window=10", "drop-share=0",
			"drop-share=100", "shares=0/0/0", "shares=1/0/0", "shares=0.7/0.2/0.1", "shares=0.1/0.2/0.7" })
	void takesTheBoundsThemselves(String setting) {
		assertThat(this.type.validate(LimitTestBed.rule(setting))).isEmpty();
	}

	@Test
	void limitsMustBeInOrder() {
		assertThat(this.type.validate(LimitTestBed.rule("min=30", "max=20")))
			.containsExactly(new Violation("max", "20", "min to 100000"));
		assertThat(this.type.validate(LimitTestBed.rule("min=30", "initial=20")))
			.containsExactly(new Violation("initial", "20", "min to max"));
		assertThat(this.type.validate(LimitTestBed.rule("initial=30", "max=20")))
			.containsExactly(new Violation("initial", "30", "min to max"));
	}

	@Test
	void sharesAreToldAsTheyAreWritten() {
		assertThat(this.type.validate(LimitTestBed.rule("shares=0.5/0.5/0.5")))
			.containsExactly(new Violation("shares", "{critical=0.5, default=0.5, sheddable=0.5}", "at most 1 in all"));
	}

	@Test
	void allFaultsAreCollected() {
		assertThat(this.type.validate(LimitTestBed.rule("key=principal", "max-keys=0", "min=0", "max=-1", "smoothing=0",
				"queue=0", "tolerance=0", "long-window=0", "drop-share=101", "shares=2/2/2")))
			.extracting(Violation::component)
			.containsExactly("key", "max-keys", "min", "max", "smoothing", "queue", "tolerance", "long-window",
					"drop-share", "shares.critical", "shares.default", "shares.sheddable");
	}

	private static ConcurrencyLimitRule sharing(Map<String, Double> shares) {
		return new ConcurrencyLimitRule(null, null, 0, null, null, null, null, null, null, null, null, null, null, null,
				null, null, shares);
	}

	@Test
	void sharesAreACopyWithoutGaps() {
		Map<String, Double> shares = new HashMap<>();
		shares.put("Default", 0.5);
		shares.put("critical", null);
		ConcurrencyLimitRule rule = sharing(shares);
		shares.clear();
		assertThat(rule.shares()).isEqualTo(Map.of("default", 0.5));
		assertThat(this.type.validate(rule)).isEmpty();
	}

	@Test
	void thereAreNoOtherPriorities() {
		assertThat(this.type.validate(sharing(Map.of("urgent", 0.5))))
			.containsExactly(new Violation("shares.urgent", "urgent", "one of critical, default, sheddable"));
	}

	@Test
	void declaresItself() {
		ConcurrencyLimitRule rule = LimitTestBed.rule();
		assertThat(this.type.name()).isEqualTo("concurrency-limit");
		assertThat(this.type.ruleClass()).isEqualTo(ConcurrencyLimitRule.class);
		assertThat(this.type.directions()).containsExactly(Direction.INBOUND, Direction.OUTBOUND);
		assertThat(this.type.stage(rule, Direction.INBOUND)).isEqualTo(Stage.CONCURRENCY_LIMIT);
		assertThat(this.type.stage(rule, Direction.OUTBOUND)).isEqualTo(Stage.BULKHEAD);
		assertThat(this.type.isAdditive()).isFalse();
		assertThat(this.type.reasons()).containsExactly(Reason.CONCURRENCY_LIMITED);
		assertThat(this.type.events()).containsExactly("overflow");
		assertThat(this.type.defaults()).isEmpty();
	}

	@Test
	void limitAndCallsInFlightStayWhenMatchPriorityOrEnforcementChange() {
		this.bed.rounds(9, LimitTestBed.ok(100));
		List<Permit> permits = this.bed.fill(LimitTestBed.CALL);
		change(LimitTestBed.rule(), shadowed(LimitTestBed.rule()));
		assertThat(this.bed.fill(LimitTestBed.CALL)).isEmpty();
		assertThat(this.bed.limit()).isEqualTo(27);
		permits.forEach((permit) -> permit.release(LimitTestBed.ok(100)));
		assertThat(this.bed.policy.state()).contains("default:0");
	}

	@ParameterizedTest
	@ValueSource(strings = { "initial=11", "min=3", "max=30", "smoothing=0.5", "queue=8", "tolerance=2",
			"long-window=99", "dropped-on=503", "drop-share=50", "shrink-on-drop=false", "grow-only-when-steady=false",
			"shares=0.1/0.1/0.1" })
	void limitAndCallsInFlightStayWhenNumbersChange(String setting) {
		this.bed.rounds(9, LimitTestBed.ok(100));
		List<Permit> permits = this.bed.fill(LimitTestBed.CALL);
		change(LimitTestBed.rule(), LimitTestBed.rule(setting));
		assertThat(this.bed.fill(LimitTestBed.CALL)).isEmpty();
		assertThat(this.bed.policy.state()).contains("limit:27", "default:27", "usual:100.0ms");
		permits.forEach((permit) -> permit.release(LimitTestBed.ok(100)));
		assertThat(this.bed.policy.state()).contains("default:0");
	}

	@Test
	void newNumbersHold() {
		this.bed.rounds(9, LimitTestBed.ok(100));
		change(LimitTestBed.rule(), LimitTestBed.rule("max=22"));
		assertThat(this.bed.fill(LimitTestBed.CALL)).hasSize(22);
		change(LimitTestBed.rule("max=22"), LimitTestBed.rule("max=22", "shares=0.5/0/0"));
		assertThat(this.bed.fill(LimitTestBed.call(Priority.CRITICAL))).hasSize(11);
	}

	@Test
	void keysThatComeLaterBeginWithTheNewNumbers() {
		this.bed.fill(LimitTestBed.CALL);
		change(LimitTestBed.rule(), LimitTestBed.rule("initial=30"));
		assertThat(this.bed.fill(FakeCall.at("payments"))).hasSize(30);
	}

	@ParameterizedTest
	@ValueSource(strings = { "key=caller", "max-keys=9" })
	void otherKeysStartAnew(String setting) {
		this.bed.fill(LimitTestBed.CALL);
		Policy before = this.bed.policy;
		change(LimitTestBed.rule(), LimitTestBed.rule(setting));
		assertThat(this.bed.policy).isNotSameAs(before);
		assertThat(this.bed.policy.state()).isEmpty();
	}

}
