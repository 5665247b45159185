// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.accesslog;

import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ResponseFlagsTests {

	private static final Upstream UNROUTED = new Upstream(null, null, null, 0);

	@ParameterizedTest
	@CsvSource({ "rate-limited, RL", "circuit-open, UO", "no-instance, UH", "overloaded, OM", "decision-timeout, RLSE",
			"connect-failed, UF", "connection-lost, UC", "client-gone, DC", "fault, FI", "deadline-exceeded, DT",
			"concurrency-limited, UO", "bulkhead-full, UO", "throttled, UO", "of-a-rule-type," })
	void eachReasonHasItsWord(String reason, String flag) {
		assertThat(ResponseFlags.of(503, rejection(reason), null)).isEqualTo(flag);
	}

	@ParameterizedTest
	@CsvSource({ "deadline-exceeded, 0, DT", "deadline-exceeded, 1, UT", "deadline-exceeded, 2, 'UT,URX'",
			"connect-failed, 3, 'UF,URX'", "of-a-rule-type, 1,", "of-a-rule-type, 2, URX" })
	void whatWasPassedOnIsTold(String reason, int attempts, String flags) {
		assertThat(ResponseFlags.of(504, rejection(reason), new Upstream("r", "orders", null, attempts)))
			.isEqualTo(flags);
	}

	@Test
	void onlyAPathWithoutARouteHasNone() {
		assertThat(ResponseFlags.of(404, null, UNROUTED)).isEqualTo("NR");
		assertThat(ResponseFlags.of(200, null, UNROUTED)).isNull();
		assertThat(ResponseFlags.of(404, null, new Upstream("r", "orders", "10.0.0.1:80", 1))).isNull();
		assertThat(ResponseFlags.of(404, null, null)).isNull();
	}

	private static Rejection rejection(String reason) {
		return new Rejection(new Reason(reason, 503, false), "type/rule", 0);
	}

}
