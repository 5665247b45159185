// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import io.governance.policy.Outcome;
import io.governance.test.FakeCall;
import org.junit.jupiter.api.Test;

import static io.governance.discovery.SelectionFixture.CALL;
import static io.governance.discovery.SelectionFixture.instance;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Shares of calls by the built-in rule and by those of the user.
 */
class BalancingTests {

	private final SelectionFixture fixture = new SelectionFixture();

	@Test
	void withoutARuleInstancesThatAreAlikeShareTheCalls() {
		this.fixture
			.instances(IntStream.rangeClosed(1, 5).mapToObj((i) -> instance(i, Map.of())).toArray(Instance[]::new));
		assertThat(this.fixture.counts(CALL, 100_000).values())
			.allSatisfy((calls) -> assertThat(calls).isBetween(19_400, 20_600));
	}

	@Test
	void withoutARuleASlowInstanceGetsFewCalls() {
		this.fixture
			.instances(IntStream.rangeClosed(1, 5).mapToObj((i) -> instance(i, Map.of())).toArray(Instance[]::new));
		Map<String, Integer> counts = new TreeMap<>();
		for (int i = 0; i < 10_000; i++) {
			SelectedInstance selected = this.fixture.select(CALL, null);
			boolean slow = selected.instance().id().equals("inventory-1");
			selected.end(Outcome.response(200, false, Duration.ofMillis(slow ? 200 : 10).toNanos()));
			counts.merge(selected.instance().id(), 1, Integer::sum);
			this.fixture.time.advance(Duration.ofMillis(2));
		}
		assertThat(counts.get("inventory-1")).isLessThan(100);
	}

	@Test
	void weightsComeFromTheMetadata() {
		this.fixture.instances(instance(1, Map.of("weight", "3")), instance(2, Map.of()),
				instance(3, Map.of("weight", "many")), instance(4, Map.of("weight", "0")));
		this.fixture.rules("load-balancing: {turns: {match: {service: inventory}, algorithm: round-robin}}");
		assertThat(this.fixture.counts(CALL, 5_000)).containsExactly(Map.entry("inventory-1", 3_000),
				Map.entry("inventory-2", 1_000), Map.entry("inventory-3", 1_000));
	}

	@Test
	void callsWithOneKeyStayOnOneInstance() {
		this.fixture
			.instances(IntStream.rangeClosed(1, 9).mapToObj((i) -> instance(i, Map.of())).toArray(Instance[]::new));
		this.fixture.rules(
				"load-balancing: {ring: {match: {service: inventory}, algorithm: ring-hash, hash-key: header:x-user}}");
		for (int user = 0; user < 20; user++) {
			assertThat(this.fixture.counts(FakeCall.to("inventory").header("x-user", "u" + user), 10)).hasSize(1);
		}
	}

	@Test
	void aYoungInstanceGetsItsShareAsTheFormulaSays() {
		this.fixture.rules("""
				load-balancing:
				  gentle: {match: {service: inventory}, algorithm: random, slow-start: {window: 30s}}
				""");
		long started = this.fixture.time.epochMillis();
		this.fixture.time.advance(Duration.ofSeconds(1));
		this.fixture.instances(instance(1, Map.of()),
				instance(2, Map.of("start-time", String.valueOf(Math.max(1, started)))));
		for (int age = 6; age <= 30; age += 6) {
			this.fixture.pass(Duration.ofSeconds((age == 6) ? 5 : 6));
			double weight = Math.max(0.1, age / 30.0);
			double expected = weight / (1 + weight);
			assertThat(this.fixture.counts(CALL, 50_000).get("inventory-2") / 50_000.0).as("at %d s", age)
				.isBetween(expected * 0.9, expected * 1.1);
		}
	}

	@Test
	void theCallsOfARuleAreCounted() {
		this.fixture.instances(instance(1, Map.of()));
		this.fixture.counts(CALL, 10);
		assertThat(this.fixture.engine.counters()
			.stream()
			.filter((counter) -> counter.type().equals("load-balancing"))
			.flatMap((counter) -> counter.counts().entrySet().stream())
			.filter((count) -> count.getKey().decision().equals("applied"))
			.mapToLong((count) -> count.getValue().sum())
			.sum()).isEqualTo(10);
	}

	@Test
	void aNewRuleTakesOverWhileAttemptsAreUnderWay() {
		this.fixture.instances(instance(1, Map.of()), instance(2, Map.of()));
		SelectedInstance before = this.fixture.select(CALL, null);
		this.fixture.rules("load-balancing: {turns: {match: {service: inventory}, algorithm: least-request}}");
		assertThat(this.fixture.select(CALL, null).instance()).isNotEqualTo(before.instance());
	}

}
