// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience;

import java.util.ArrayList;
import java.util.List;

import io.governance.autoconfigure.GovernanceAutoConfiguration;
import io.governance.engine.PolicyEngine;
import io.governance.policy.Call;
import io.governance.policy.Decision;
import io.governance.policy.Outcome;
import io.governance.policy.Permit;
import io.governance.policy.Segment;
import io.governance.test.FakeCall;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A million keys, and as many paths: the heap stays flat, who had reached a limit is held
 * to it all the while, and those for whom there is no room are limited too.
 */
class ManyKeysIntegrationTests {

	private static final int KEYS = 1_000_000;

	private static final int MAX_KEYS = 1_000;

	private static final long MOST_GROWTH = 4 << 20;

	private static final Outcome FAILURE = Outcome.response(500, false, 1_000_000);

	private static final Outcome ANSWER = Outcome.response(200, false, 1_000_000);

	private final ApplicationContextRunner contexts = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(GovernanceAutoConfiguration.class))
		.withPropertyValues("governance.defaults.enabled=false");

	private PolicyEngine engine;

	private Segment segment;

	private static Call call(String user, int number) {
		return FakeCall.to("stock").request("GET", "/items/" + number).header("x-user", user);
	}

	private boolean isAdmitted(Call call, Outcome outcome, List<Permit> held) {
		if (!(this.engine.tryAcquire(this.segment, call) instanceof Decision.Admitted admitted)) {
			return false;
		}
		if (held.size() < 2) {
			held.add(admitted.permit());
		}
		else {
			admitted.permit().release(outcome);
		}
		return true;
	}

	/**
	 * How many of a thousand calls of one user are admitted; the first two do not end.
	 */
	private int hot(List<Permit> held) {
		int admitted = 0;
		for (int i = 0; i < 1_000; i++) {
			admitted += isAdmitted(call("hot", i), FAILURE, held) ? 1 : 0;
		}
		return admitted;
	}

	private int flood(int from, int to, Outcome outcome) {
		List<Permit> none = List.of(Permit.NONE, Permit.NONE);
		int admitted = 0;
		for (int i = from; i < to; i++) {
			admitted += isAdmitted(call("user-" + i, i), outcome, none) ? 1 : 0;
		}
		return admitted;
	}

	private static long heap() {
		for (int i = 0; i < 3; i++) {
			System.gc();
		}
		return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
	}

	@ParameterizedTest
	@CsvSource({ "rate-limit,CALL,limit=5;per=1h", "bulkhead,ATTEMPT,max-concurrent-calls=2",
			"circuit-breaker,ATTEMPT,minimum-calls=5;open-for=1h", "adaptive-breaker,ATTEMPT,window=10m",
			"concurrency-limit,ATTEMPT,initial=2;min=1;max=2" })
	void aMillionKeysLeaveTheHeapFlatAndLimitsInForce(String type, Segment where, String fields) {
		String rule = "governance.rules." + type + ".users.";
		List<String> properties = new ArrayList<>(
				List.of(rule + "match.direction=outbound", rule + "key=header:x-user", rule + "max-keys=" + MAX_KEYS));
		List.of(fields.split(";")).forEach((field) -> properties.add(rule + field));
		this.contexts.withPropertyValues(properties.toArray(String[]::new)).run((context) -> {
			this.engine = context.getBean(PolicyEngine.class);
			this.segment = where;
			List<Permit> held = new ArrayList<>();
			int before = hot(held);
			assertThat(before).as("admitted of 1,000 calls of one user").isBetween(1, 250);
			flood(0, 20_000, ANSWER);
			long heap = heap();
			int admitted = flood(20_000, KEYS, ANSWER);
			assertThat(heap() - heap).as("bytes more").isLessThan(MOST_GROWTH);
			assertThat(hot(held)).as("admitted of 1,000 further calls of that user").isLessThanOrEqualTo(before);
			if (type.equals("rate-limit")) {
				assertThat(admitted).as("of the keys without room, which share a limit").isLessThanOrEqualTo(5);
			}
			held.forEach((permit) -> permit.release(ANSWER));
		});
	}

}
