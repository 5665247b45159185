// SPDX-License-Identifier: Apache-2.0

package io.governance.test.contract;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

import io.governance.engine.DecisionCounter;
import io.governance.policy.Enforcement;
import io.governance.policy.ratelimit.RateLimitRule;
import io.governance.policy.ratelimit.RateLimitRule.OnStoreFailure;
import io.governance.policy.ratelimit.RateLimitRule.Scope;
import io.governance.policy.ratelimit.RateLimitRuleType;
import io.governance.rule.RuleDefinition;
import io.governance.time.TimeSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Part of {@link InboundContract}: limits that all instances share by a store.
 */
interface InboundClusterLimitContract {

	/**
	 * The running server.
	 * @return the fixture
	 */
	InboundFixture fixture();

	/**
	 * A new limit of four calls per ten seconds: one more than the reserve of the only
	 * instance may be lent three times.
	 */
	private void limited(OnStoreFailure failure, Enforcement enforcement, boolean away) {
		fixture().leases().away(away);
		fixture().leases().permits(3);
		RuleDefinition<?> rule = InboundFixture.define(new RateLimitRuleType(), "shared",
				new RateLimitRule(InboundFixture.inbound("/hello"), enforcement, 0, null, 4, Duration.ofSeconds(10), 4L,
						null, null, Map.of(), false, 10_000, Scope.CLUSTER, failure));
		fixture().apply();
		fixture().apply(rule);
		await(away ? "store=down" : "store=up");
		// what it began with until the state was known is of no interest
		fixture().apply();
		fixture().apply(rule);
	}

	private void await(String state) {
		TimeSource real = TimeSource.system();
		long begin = real.nanoTime();
		fixture().time().advance(Duration.ofMillis(600));
		while (!fixture().server().engine().effectiveRules().get(0).state().contains(state)) {
			assertThat(real.nanoTime() - begin).as(state).isLessThan(Duration.ofSeconds(10).toNanos());
			Thread.onSpinWait();
		}
	}

	private int admitted(int calls) {
		int admitted = 0;
		for (int i = 0; i < calls; i++) {
			admitted += (fixture().get("/hello").statusCode() == 200) ? 1 : 0;
		}
		return admitted;
	}

	@Test
	default void aSharedLimitAdmitsWhatTheStoreLends() {
		limited(OnStoreFailure.LOCAL_SHARE, Enforcement.ENFORCED, false);
		int admitted = 0;
		for (int calls = 0; admitted < 4 && calls < 2_000; calls++) {
			// a request for permits may have to wait for its time
			fixture().time().advance(Duration.ofMillis(10));
			admitted += admitted(1);
		}
		assertThat(admitted).isEqualTo(4);
		assertThat(admitted(10)).isZero();
		HttpResponse<String> rejected = fixture().get("/hello");
		assertThat(rejected.statusCode()).isEqualTo(429);
		assertThat(rejected.body()).contains("\"reason\":\"rate-limited\"", "\"rule\":\"rate-limit/shared\"");
		assertThat(rejected.headers().firstValue("retry-after")).isPresent();
		assertThat(fixture().get("/context").statusCode()).isEqualTo(200);
	}

	@Test
	default void aSharedLimitWhoseStoreIsAwayAdmitsTheShareOfTheInstance() {
		limited(OnStoreFailure.LOCAL_SHARE, Enforcement.ENFORCED, true);
		assertThat(admitted(10)).isBetween(1, 4);
		fixture().time().advance(Duration.ofSeconds(5));
		assertThat(admitted(10)).isEqualTo(2);
	}

	@Test
	default void aSharedLimitThatIsClosedWithoutItsStoreRejectsAll() {
		limited(OnStoreFailure.CLOSED, Enforcement.ENFORCED, true);
		assertThat(admitted(5)).isZero();
		assertThat(fixture().get("/hello").headers().firstValue("retry-after")).hasValue("1");
	}

	@Test
	default void aSharedLimitThatIsOpenWithoutItsStoreAdmitsAll() {
		limited(OnStoreFailure.OPEN, Enforcement.ENFORCED, true);
		assertThat(admitted(20)).isEqualTo(20);
	}

	@Test
	default void aSharedLimitInTheShadowCountsAndNeverActs() {
		limited(OnStoreFailure.CLOSED, Enforcement.SHADOW, true);
		assertThat(admitted(5)).isEqualTo(5);
		DecisionCounter counter = fixture().server().engine().counters().get(0);
		assertThat(counter.counts().get(new DecisionCounter.Key("rejected", "rate-limited"))).hasToString("5");
	}

}
