// SPDX-License-Identifier: Apache-2.0

package io.governance.test.contract;

import io.governance.test.ReceivedRequest;
import io.governance.test.Reply;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bodies: kept only where, and as far as, another attempt may need them.
 */
interface OutboundBodyContract extends OutboundScenarios {

	@Test
	default void aSmallBodyThatCanBeReadOnceIsReplayed() {
		fixture().retry("not-processed");
		fixture().one.script(Reply.status(503).header("x-governance-not-processed", "true"));
		OutboundClient.Request request = OutboundClient.Request.of("POST", "/items").stream("content".getBytes());
		assertThat(fixture().client().send(request).status()).isEqualTo(200);
		assertThat(fixture().two.requests()).extracting(ReceivedRequest::body).containsExactly("content");
	}

	@Test
	default void aLargeBodyThatCanBeReadOnceIsTriedOnce() {
		fixture().retry("not-processed");
		fixture().one.script(Reply.status(503).header("x-governance-not-processed", "true"));
		OutboundClient.Request request = OutboundClient.Request.of("POST", "/items").stream(new byte[65_537]);
		assertThat(fixture().client().send(request).status()).isEqualTo(503);
		assertThat(fixture().one.requests()).extracting(ReceivedRequest::bodyBytes).containsExactly(65_537L);
		assertThat(fixture().two.requests()).isEmpty();
	}

	@Test
	default void aLargeBodyOfWhichNothingWasSentIsSentToAnotherInstance() {
		fixture().retry("connect");
		OutboundClient client = fixture().client(OutboundFixture.deadAddress(), fixture().two.uri());
		OutboundClient.Request request = OutboundClient.Request.of("POST", "/items").stream(new byte[100_000]);
		assertThat(client.send(request).status()).isEqualTo(200);
		assertThat(fixture().two.requests()).extracting(ReceivedRequest::bodyBytes).containsExactly(100_000L);
	}

	@Test
	default void aLongAnswerIsPassedOnWhole() {
		fixture().one.script(Reply.status(200).body(1_000_000));
		OutboundClient.Answer answer = OutboundFixture.get(fixture().client());
		assertThat(answer.body()).hasSize(1_000_000);
	}

}
