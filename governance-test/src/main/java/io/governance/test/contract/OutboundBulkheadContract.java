// SPDX-License-Identifier: Apache-2.0

package io.governance.test.contract;

import java.time.Duration;
import java.util.Objects;

import io.governance.match.Match;
import io.governance.policy.CallRejectedException;
import io.governance.policy.Enforcement;
import io.governance.policy.Segment;
import io.governance.test.FakeCall;
import io.governance.test.Reply;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * How many calls at a time, and what becomes of those for which there is no room.
 */
interface OutboundBulkheadContract extends OutboundScenarios {

	private BulkheadHold full(Enforcement enforcement, Duration maxWait) {
		fixture().write(BulkheadHold.rule(Match.service(OutboundFixture.SERVICE), "service", enforcement, maxWait));
		return new BulkheadHold(fixture().engine, Segment.ATTEMPT, FakeCall.to(OutboundFixture.SERVICE));
	}

	@Test
	default void aCallForWhichABulkheadHasNoRoomIsNotSent() {
		OutboundClient client = fixture().client();
		try (BulkheadHold hold = full(Enforcement.ENFORCED, Duration.ZERO)) {
			CallRejectedException rejected = Objects.requireNonNull(OutboundFixture.rejection(client));
			assertThat(rejected.rejection().reason().name()).isEqualTo("bulkhead-full");
			assertThat(rejected.rejection().rule()).isEqualTo("bulkhead/one");
			assertThat(fixture().one.requests()).isEmpty();
			assertThat(hold.state()).isEqualTo("inventory=1/1");
		}
		assertThat(OutboundFixture.get(client).status()).isEqualTo(200);
	}

	@Test
	default void aBulkheadInShadowIsCountedAndDoesNotAct() {
		OutboundClient client = fixture().client();
		try (BulkheadHold hold = full(Enforcement.SHADOW, Duration.ZERO)) {
			assertThat(OutboundFixture.get(client).status()).isEqualTo(200);
			assertThat(hold.counted("rejected", "bulkhead-full")).isEqualTo(1);
		}
	}

	@Test
	default void aCallWaitsForABulkheadUntilAnotherOneHasEnded() {
		OutboundClient client = fixture().client();
		try (BulkheadHold hold = full(Enforcement.ENFORCED, Duration.ofSeconds(30))) {
			OutboundClient.Answer answer = hold.releasedWhenItWaits(() -> OutboundFixture.get(client));
			assertThat(answer.status()).isEqualTo(200);
			assertThat(hold.counted("queued", "none")).isEqualTo(1);
			assertThat(hold.state()).isEqualTo("inventory=0/1+0/1");
		}
	}

	@Test
	default void aCallThatWaitsForABulkheadInVainIsRejectedByItsRule() {
		OutboundClient client = fixture().client();
		try (BulkheadHold hold = full(Enforcement.ENFORCED, Duration.ofMillis(20))) {
			CallRejectedException rejected = Objects.requireNonNull(OutboundFixture.rejection(client));
			assertThat(rejected.rejection().reason().name()).isEqualTo("bulkhead-full");
			assertThat(rejected.rejection().rule()).isEqualTo("bulkhead/one");
			assertThat(hold.counted("rejected", "bulkhead-full")).isEqualTo(1);
			assertThat(hold.state()).isEqualTo("inventory=1/1+0/1");
		}
		assertThat(OutboundFixture.get(client).status()).isEqualTo(200);
	}

	@Test
	default void aCallThatFailsMakesRoomInItsBulkhead() {
		OutboundClient client = fixture().client();
		try (BulkheadHold hold = full(Enforcement.ENFORCED, Duration.ZERO)) {
			hold.close();
			fixture().one.script(Reply.reset(), Reply.status(500));
			assertThat(
					catchThrowable(() -> client.send(OutboundClient.Request.of("POST", "/items").body(new byte[10]))))
				.isNotNull();
			assertThat(OutboundFixture.get(client).status()).isEqualTo(500);
			assertThat(hold.state()).isEqualTo("inventory=0/1");
		}
	}

}
