// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import java.util.stream.IntStream;

import io.governance.policy.Call;
import io.governance.policy.FakeCall;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.time.ManualTimeSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RecentRejectionsTests {

	private final ManualTimeSource time = new ManualTimeSource();

	private final RecentRejections rejections = new RecentRejections(this.time);

	private void add(String rule) {
		this.rejections.add(FakeCall.at("orders").path("/orders"), new Rejection(Reason.RATE_LIMITED, rule, 0));
	}

	private void pause() {
		this.time.advanceNanos(RecentRejections.PAUSE_NANOS);
	}

	@Test
	void theNewestComesFirst() {
		add("rate-limit/a");
		pause();
		add("rate-limit/b");
		assertThat(this.rejections.list()).extracting(RecentRejection::rule)
			.containsExactly("rate-limit/b", "rate-limit/a");
		assertThat(this.rejections.list().get(0)).satisfies((rejection) -> {
			assertThat(rejection.reason()).isEqualTo(Reason.RATE_LIMITED);
			assertThat(rejection.service()).isEqualTo("orders");
			assertThat(rejection.path()).isEqualTo("/orders");
			assertThat(rejection.epochMillis()).isEqualTo(this.time.epochMillis());
		});
	}

	@Test
	void ofAFloodOneInATenthOfASecondIsKept() {
		IntStream.range(0, 1_000).forEach((call) -> add("rate-limit/a"));
		pause();
		IntStream.range(0, 1_000).forEach((call) -> add("rate-limit/a"));
		assertThat(this.rejections.list()).hasSize(2);
	}

	@Test
	void theOldestLeaves() {
		for (int i = 0; i < 3 * RecentRejections.KEPT; i++) {
			add("rate-limit/r" + i);
			pause();
		}
		assertThat(this.rejections.list()).hasSize(RecentRejections.KEPT)
			.extracting(RecentRejection::rule)
			.startsWith("rate-limit/r149")
			.endsWith("rate-limit/r100");
	}

	@Test
	void textsOfCallersAreCut() {
		Call call = FakeCall.at("orders").path("/" + "x".repeat(10_000));
		this.rejections.add(call, new Rejection(Reason.OVERLOADED, null, 0));
		assertThat(this.rejections.list().get(0).path()).hasSize(128);
	}

}
