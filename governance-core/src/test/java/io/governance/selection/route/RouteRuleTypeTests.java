// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.route;

import java.util.List;
import java.util.Map;

import io.governance.match.CallKey;
import io.governance.match.Match;
import io.governance.match.StringMatch;
import io.governance.policy.Direction;
import io.governance.policy.Enforcement;
import io.governance.policy.Stage;
import io.governance.rule.PolicyContext;
import io.governance.rule.TestContext;
import io.governance.schema.Violation;
import io.governance.selection.Destination.OnEmpty;
import io.governance.selection.SelectionPolicy;
import io.governance.time.ManualTimeSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RouteRuleTypeTests {

	private static final Map<String, StringMatch> V1 = Map.of("version", StringMatch.exact("1"));

	private final RouteRuleType type = new RouteRuleType();

	private static RouteRule rule(@Nullable OnEmpty onEmpty, @Nullable Map<String, StringMatch> fallback,
			@Nullable RequestHeaders headers, RouteTarget... to) {
		return new RouteRule(null, null, 0, List.of(to), null, onEmpty, fallback, headers);
	}

	private static RouteRule stickyBy(String key) {
		return new RouteRule(null, null, 0, List.of(to(1)), CallKey.parse(key), null, null, null);
	}

	private static RouteTarget to(@Nullable Integer weight) {
		return new RouteTarget(V1, weight);
	}

	@Test
	void absentComponentsTakeTheirDefaults() {
		RouteRule rule = new RouteRule(null, null, 0, List.of(new RouteTarget(null, null)), null, null, null, null);
		assertThat(rule.match()).isEqualTo(Match.ANY);
		assertThat(rule.enforcement()).isEqualTo(Enforcement.ENFORCED);
		assertThat(rule.to()).containsExactly(new RouteTarget(Map.of(), 1));
		assertThat(rule.stickyBy()).isNull();
		assertThat(rule.onEmpty()).isEqualTo(OnEmpty.ANY);
		assertThat(rule.defaultSubset()).isEmpty();
		assertThat(rule.requestHeaders()).isEqualTo(new RequestHeaders(Map.of(), List.of()));
		assertThat(this.type.validate(rule)).isEmpty();
		assertThat(this.type.defaults()).isEmpty();
	}

	@Test
	void actsOutboundOncePerCall() {
		assertThat(this.type.directions()).containsExactly(Direction.OUTBOUND);
		assertThat(this.type.stage(rule(null, null, null, to(1)), Direction.OUTBOUND)).isEqualTo(Stage.ROUTE);
		assertThat(this.type.isAdditive()).isFalse();
	}

	@Test
	void aRuleWithoutDestinationsIsNone() {
		assertThat(this.type.validate(new RouteRule(null, null, 0, null, null, null, null, null)))
			.containsExactly(new Violation("to", "0 destinations", "1 to 100 destinations"));
	}

	@ParameterizedTest(name = "weight {0}")
	@CsvSource({ "-1", "1000001" })
	void weightsAreBounded(int weight) {
		assertThat(this.type.validate(rule(null, null, null, to(1), to(weight))))
			.containsExactly(new Violation("to[1].weight", String.valueOf(weight), "0 to 1000000"));
	}

	@Test
	void someDestinationMustHaveAWeight() {
		assertThat(this.type.validate(rule(null, null, null, to(0), to(0))))
			.containsExactly(new Violation("to", "weights of 0", "a destination with a weight above 0"));
		assertThat(this.type.validate(rule(null, null, null, to(0), to(1)))).isEmpty();
	}

	@Test
	void aDefaultSubsetIsThereExactlyWhereItIsCalledOn() {
		assertThat(this.type.validate(rule(OnEmpty.DEFAULT, null, null, to(1))))
			.containsExactly(new Violation("default-subset", "none", "conditions on metadata, with on-empty: default"));
		assertThat(this.type.validate(rule(OnEmpty.FAIL, V1, null, to(1))))
			.containsExactly(new Violation("default-subset", "[version]", "none without on-empty: default"));
		assertThat(this.type.validate(rule(OnEmpty.DEFAULT, V1, null, to(1)))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "principal", "service" })
	void aKeyThatIsAbsentOrTheSameForAllCallsIsRefused(String key) {
		assertThat(this.type.validate(stickyBy(key))).containsExactly(new Violation("sticky-by", key,
				"header:NAME, query:NAME, cookie:NAME, label:NAME, client-ip, caller or operation"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "header:x", "query:x", "cookie:x", "label:x", "client-ip", "caller", "operation" })
	void anyOtherKeyKeepsCallsOnOneDestination(String key) {
		assertThat(this.type.validate(stickyBy(key))).isEmpty();
	}

	@Test
	void conditionsSayWhatIsWrongWithThem() {
		Map<String, StringMatch> broken = Map.of("version", new StringMatch(null, null, null, "(", null, null));
		assertThat(this.type.validate(rule(OnEmpty.DEFAULT, broken, null, new RouteTarget(broken, 1))))
			.extracting(Violation::component)
			.containsExactly("to[0].subset.version.regex", "default-subset.version.regex");
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource({ "x y, 1", "x:y, 1", "x-ok, 'a\nb'", "x-ok, 'a\rb'" })
	void headersThatBreakTheMessageAreRefused(String name, String value) {
		RequestHeaders headers = new RequestHeaders(Map.of(name, value), List.of());
		assertThat(this.type.validate(rule(null, null, headers, to(1)))).hasSize(1);
	}

	@Test
	void namesOfHeadersToRemoveAreChecked() {
		RequestHeaders headers = new RequestHeaders(Map.of("x-group", "canary"), List.of("x-ok", "not one"));
		assertThat(this.type.validate(rule(null, null, headers, to(1))))
			.containsExactly(new Violation("request-headers.remove", "not one", "the name of a header"));
	}

	@Test
	void keepsItsDestinationsUnlessTheyChange() {
		PolicyContext context = new TestContext("route/a", new ManualTimeSource()).context();
		RouteRule before = rule(null, null, null, to(1));
		SelectionPolicy running = this.type.newPolicy(before, context);
		RouteRule shadow = new RouteRule(Match.service("inventory"), Enforcement.SHADOW, 5, before.to(), null, null,
				null, null);
		assertThat(this.type.inherit(running, before, shadow, context)).isSameAs(running);
		assertThat(this.type.inherit(running, before, rule(OnEmpty.FAIL, null, null, to(1)), context))
			.isNotSameAs(running);
	}

}
