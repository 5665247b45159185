// SPDX-License-Identifier: Apache-2.0

package io.governance.match;

import java.util.List;
import java.util.Map;

import io.governance.policy.FakeCall;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CallMatcherTests {

	private static final StringMatch X = StringMatch.exact("x");

	private static CallMatcher headers(Map<String, StringMatch> headers) {
		return new CallMatcher(new Match(null, null, List.of(), null, List.of(), headers, Map.of(), null, Map.of()));
	}

	@Test
	void emptyMatchHoldsForEveryCall() {
		assertThat(new CallMatcher(Match.ANY).matches(FakeCall.to("orders").method("POST"))).isTrue();
	}

	@Test
	void methodsOfThisProcessMustBeNamed() {
		FakeCall local = FakeCall.to("orders").local();
		assertThat(new CallMatcher(Match.ANY).matches(local)).isFalse();
		assertThat(new CallMatcher(Match.service("orders")).matches(local)).isTrue();
	}

	@Test
	void anyOfTheMethodsWillDo() {
		CallMatcher matcher = new CallMatcher(
				new Match(null, null, List.of("get", "PUT"), null, List.of(), Map.of(), Map.of(), null, Map.of()));
		assertThat(matcher.matches(FakeCall.to("a").method("GET"))).isTrue();
		assertThat(matcher.matches(FakeCall.to("a").method("PUT"))).isTrue();
		assertThat(matcher.matches(FakeCall.to("a").method("POST"))).isFalse();
	}

	@Test
	void anyOfTheHostsWillDo() {
		CallMatcher matcher = new CallMatcher(
				new Match(null, null, List.of(), null, List.of("A.org", "b.org"), Map.of(), Map.of(), null, Map.of()));
		assertThat(matcher.matches(FakeCall.to("a").host("a.org"))).isTrue();
		assertThat(matcher.matches(FakeCall.to("a").host("c.org"))).isFalse();
		assertThat(matcher.matches(FakeCall.to("a"))).isFalse();
	}

	@Test
	void callerMustHold() {
		CallMatcher matcher = new CallMatcher(
				new Match(null, null, List.of(), null, List.of(), Map.of(), Map.of(), X, Map.of()));
		assertThat(matcher.matches(FakeCall.at("a").caller("x"))).isTrue();
		assertThat(matcher.matches(FakeCall.at("a").caller("y"))).isFalse();
		assertThat(matcher.matches(FakeCall.at("a"))).isFalse();
	}

	@Test
	void everyHeaderMustHold() {
		CallMatcher matcher = headers(Map.of("x-a", X, "x-b", X));
		assertThat(matcher.matches(FakeCall.to("a").header("X-A", "x").header("X-B", "x"))).isTrue();
		assertThat(matcher.matches(FakeCall.to("a").header("X-A", "x"))).isFalse();
		assertThat(matcher.matches(FakeCall.to("a").header("X-A", "x").header("X-B", "y"))).isFalse();
	}

	@Test
	void absentHeaderCanBeAsked() {
		CallMatcher matcher = headers(Map.of("x-a", new StringMatch(null, null, null, null, false, null)));
		assertThat(matcher.matches(FakeCall.to("a"))).isTrue();
		assertThat(matcher.matches(FakeCall.to("a").header("x-a", ""))).isFalse();
	}

	@Test
	void queryAndLabelsMustHold() {
		CallMatcher matcher = new CallMatcher(
				new Match(null, null, List.of(), null, List.of(), Map.of(), Map.of("q", X), null, Map.of("lane", X)));
		assertThat(matcher.matches(FakeCall.to("a").query("q", "x").label("lane", "x"))).isTrue();
		assertThat(matcher.matches(FakeCall.to("a").query("q", "x"))).isFalse();
		assertThat(matcher.matches(FakeCall.to("a").label("lane", "x"))).isFalse();
	}

	@Test
	void leavesServiceAndPathToTheIndex() {
		Match match = new Match(null, "orders", List.of(), "/a", List.of(), Map.of(), Map.of(), null, Map.of());
		assertThat(new CallMatcher(match).matches(FakeCall.to("inventory").path("/b"))).isTrue();
	}

}
