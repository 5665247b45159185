// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.route;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.governance.match.CallKey;
import io.governance.match.StringMatch;
import io.governance.policy.Call;
import io.governance.policy.FakeCall;
import io.governance.rule.TestContext;
import io.governance.selection.Destination;
import io.governance.selection.Destination.OnEmpty;
import io.governance.selection.Hosts;
import io.governance.time.ManualTimeSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RoutePolicyTests {

	private static final int CALLS = 100_000;

	private final TestContext context = new TestContext("route/split", new ManualTimeSource());

	private static RouteTarget version(String version, int weight) {
		return new RouteTarget(Map.of("version", StringMatch.exact(version)), weight);
	}

	private RoutePolicy policy(@Nullable CallKey stickyBy, RouteTarget... to) {
		return new RoutePolicy(new RouteRule(null, null, 0, Arrays.asList(to), stickyBy, OnEmpty.DEFAULT,
				Map.of("version", StringMatch.exact("0")),
				new RequestHeaders(Map.of("x-route", "split"), List.of("X-Debug"))), this.context.context());
	}

	private static Call user(int number) {
		return FakeCall.to("inventory").header("x-user-id", "user-" + number);
	}

	private static Map<String, Integer> count(RoutePolicy policy) {
		Map<String, Integer> counts = new HashMap<>();
		for (int i = 0; i < CALLS; i++) {
			counts.merge(policy.choose(user(i)).subset().description(), 1, Integer::sum);
		}
		return counts;
	}

	@Test
	void weightsAreSharesOfTheirSum() {
		Map<String, Integer> counts = count(policy(null, version("1", 90), version("2", 20), version("3", 0)));
		assertThat(counts).containsOnlyKeys("version=1", "version=2");
		assertThat(counts.get("version=2")).isBetween(CALLS * 2 / 11 - 500, CALLS * 2 / 11 + 500);
	}

	@Test
	void stickyCallsAreSplitByWeightAndStay() {
		CallKey key = CallKey.parse("header:x-user-id");
		RoutePolicy policy = policy(key, version("1", 90), version("2", 10));
		assertThat(count(policy).get("version=2")).isBetween(CALLS / 10 - 400, CALLS / 10 + 400);
		RoutePolicy elsewhere = policy(key, version("1", 90), version("2", 10));
		for (int i = 0; i < 1_000; i++) {
			assertThat(policy.choose(user(i))).isSameAs(policy.choose(user(i)));
			assertThat(elsewhere.choose(user(i)).subset().description())
				.isEqualTo(policy.choose(user(i)).subset().description());
		}
	}

	@Test
	void onlyThoseMoveWhoseShareMoves() {
		CallKey key = CallKey.parse("header:x-user-id");
		RoutePolicy before = policy(key, version("1", 90), version("2", 10));
		RoutePolicy after = policy(key, version("1", 80), version("2", 20));
		int moved = 0;
		for (int i = 0; i < CALLS; i++) {
			String was = before.choose(user(i)).subset().description();
			String is = after.choose(user(i)).subset().description();
			if (!was.equals(is)) {
				assertThat(is).isEqualTo("version=2");
				moved++;
			}
		}
		assertThat(moved).isBetween(CALLS / 10 - 400, CALLS / 10 + 400);
	}

	@Test
	void callsWithoutTheKeyGoByChance() {
		RoutePolicy policy = policy(CallKey.parse("header:x-user-id"), version("1", 50), version("2", 50));
		int first = 0;
		for (int i = 0; i < 10_000; i++) {
			first += policy.choose(FakeCall.to("inventory")).subset().description().equals("version=1") ? 1 : 0;
		}
		assertThat(first).isBetween(4_700, 5_300);
	}

	@Test
	void aDestinationKnowsItsInstancesAndWhatToDoWithoutThem() {
		Destination destination = policy(null, version("2", 1)).choose(user(1));
		assertThat(destination.rule()).isEqualTo("route/split");
		assertThat(destination.subset().selected().test(Hosts.with("a", "version", "2"))).isTrue();
		assertThat(destination.subset().selected().test(Hosts.with("b", "version", "1"))).isFalse();
		assertThat(destination.subset().onEmpty()).isEqualTo(OnEmpty.DEFAULT);
		assertThat(destination.subset().fallback()).accepts(Hosts.with("c", "version", "0"));
		assertThat(destination.headers().add()).containsEntry("x-route", "split");
		assertThat(destination.headers().remove()).containsExactly("x-debug");
	}

	@Test
	void callsThatFindNothingAreCounted() {
		RoutePolicy policy = policy(null, version("2", 1));
		assertThat(policy.state()).isEmpty();
		policy.choose(user(1)).countEmpty();
		assertThat(this.context.counted("empty")).isEqualTo(1);
		assertThat(policy.state()).isEqualTo("1 calls found a subset empty");
	}

}
