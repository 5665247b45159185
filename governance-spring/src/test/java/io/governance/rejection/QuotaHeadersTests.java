// SPDX-License-Identifier: Apache-2.0

package io.governance.rejection;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.governance.policy.Decision.Quota;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class QuotaHeadersTests {

	private static final Rejection REJECTION = new Rejection(Reason.RATE_LIMITED, "rate-limit/checkout",
			TimeUnit.SECONDS.toNanos(6), new Quota("checkout", 10, 60, 0, 6));

	private static Map<String, String> written(Quota... quotas) {
		Map<String, String> headers = new LinkedHashMap<>();
		QuotaHeaders.write(List.of(quotas), headers::put);
		return headers;
	}

	@Test
	void aQuotaIsOneItemOfEachField() {
		assertThat(written(new Quota("checkout-per-user", 100, 1, 50, 30))).containsExactly(
				Map.entry("RateLimit-Policy", "\"checkout-per-user\";q=100;w=1"),
				Map.entry("RateLimit", "\"checkout-per-user\";r=50;t=30"));
	}

	@Test
	void severalQuotasAreAList() {
		assertThat(written(new Quota("a", 1, 2, 3, 4), new Quota("b", 5, 6, 7, 8))).containsExactly(
				Map.entry("RateLimit-Policy", "\"a\";q=1;w=2, \"b\";q=5;w=6"),
				Map.entry("RateLimit", "\"a\";r=3;t=4, \"b\";r=7;t=8"));
	}

	@Test
	void numbersStayWithinTheBoundsOfStructuredFields() {
		assertThat(written(new Quota("a", 1, 1, Long.MAX_VALUE, Long.MAX_VALUE))).containsEntry("RateLimit",
				"\"a\";r=999999999999999;t=999999999999999");
	}

	@Test
	void withoutQuotasNothingIsWritten() {
		assertThat(written()).isEmpty();
	}

	@Test
	void aRejectionBeforeWorkTellsOfTheQuotaAndOneAfterWorkDoesNot() {
		assertThat(RejectionAnswer.beforeWork(REJECTION, null).headers())
			.containsEntry("RateLimit-Policy", "\"checkout\";q=10;w=60")
			.containsEntry("RateLimit", "\"checkout\";r=0;t=6")
			.containsEntry("Retry-After", "6");
		assertThat(RejectionAnswer.afterWork(REJECTION, null).headers()).containsEntry("Retry-After", "6")
			.doesNotContainKeys("RateLimit", "RateLimit-Policy");
	}

}
