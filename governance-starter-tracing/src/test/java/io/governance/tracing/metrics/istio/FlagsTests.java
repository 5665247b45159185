// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.metrics.istio;

import java.net.ConnectException;

import io.governance.policy.CallRejectedException;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.tracing.accesslog.ResponseFlags;
import io.governance.tracing.accesslog.Upstream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Istio's metrics say of an event what the access log says of it.
 */
class FlagsTests {

	@ParameterizedTest
	@ValueSource(strings = { "rate-limited", "circuit-open", "no-instance", "overloaded", "decision-timeout",
			"connect-failed", "connection-lost", "client-gone", "fault", "deadline-exceeded", "pool-exhausted",
			"concurrency-limited", "bulkhead-full", "throttled" })
	void serversSayTheSameAsTheAccessLog(String name) {
		Rejection rejection = new Rejection(new Reason(name, 503, false), null, 0);
		for (int attempts = 0; attempts < 3; attempts++) {
			Upstream upstream = new Upstream("r", "orders", null, attempts);
			assertThat(Flags.received(503, rejection, upstream)).isNotEqualTo(Flags.NONE)
				.isEqualTo(ResponseFlags.of(503, rejection, upstream));
		}
	}

	@Test
	void callersSayWhyThereIsNoResponse() {
		assertThat(Flags.sent(new CallRejectedException("orders", new Rejection(Reason.DEADLINE_EXCEEDED, null, 0))))
			.isEqualTo(new Flags.Failure("UT", 504));
		assertThat(Flags.sent(new CallRejectedException("orders", new Rejection(Reason.OVERLOADED, null, 0))))
			.isEqualTo(new Flags.Failure("OM", 503));
		assertThat(Flags.sent(new IllegalStateException(new ConnectException())))
			.isEqualTo(new Flags.Failure("UF", 503));
		assertThat(Flags.received(200, null, null)).isEqualTo(Flags.NONE);
	}

}
