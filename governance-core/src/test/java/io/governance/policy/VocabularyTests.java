// SPDX-License-Identifier: Apache-2.0

package io.governance.policy;

import java.util.Arrays;
import java.util.List;

import io.governance.policy.Outcome.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class VocabularyTests {

	@ParameterizedTest
	@EnumSource(Kind.class)
	void onlyCancellationsAndLocalRejectionsSayNothingOfTheCallee(Kind kind) {
		Outcome outcome = Outcome.failure(kind, null, 7);
		assertThat(outcome.ignored()).isEqualTo(kind == Kind.CANCELLED || kind == Kind.REJECTED);
		assertThat(outcome.status()).isZero();
		assertThat(outcome.notProcessed()).isFalse();
		assertThat(outcome.nanos()).isEqualTo(7);
	}

	@Test
	void responseIsNoFailure() {
		assertThat(Outcome.response(503, true, 7)).isEqualTo(new Outcome(Kind.RESPONSE, 503, true, null, 7));
	}

	@ParameterizedTest
	@CsvSource({ "0, 0", "1, 1", "999999999, 1", "1000000000, 1", "1000000001, 2", "60000000000, 60" })
	void retryAfterIsRoundedUpToSeconds(long nanos, long seconds) {
		assertThat(new Rejection(Reason.RATE_LIMITED, null, nanos).retryAfterSeconds()).isEqualTo(seconds);
	}

	@Test
	void rejectionThatNoRuleMadeHasNone() {
		assertThat(Rejection.of(Reason.NO_INSTANCE)).isEqualTo(new Rejection(Reason.NO_INSTANCE, null, 0));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 200, 399, 600 })
	void reasonNeedsAnErrorStatus(int status) {
		assertThatIllegalArgumentException().isThrownBy(() -> new Reason("x", status, false))
			.withMessage("status: " + status + " (expected: 400 to 599)");
	}

	@Test
	void onlyOverloadIsSafeToRetryElsewhere() {
		assertThat(List.of(Reason.CIRCUIT_OPEN, Reason.NO_INSTANCE, Reason.OVERLOADED, Reason.DECISION_TIMEOUT,
				Reason.POOL_EXHAUSTED, Reason.CONCURRENCY_LIMITED, Reason.BULKHEAD_FULL, Reason.THROTTLED))
			.allMatch((reason) -> reason.status() == 503 && reason.notProcessed());
		assertThat(Reason.RATE_LIMITED.status()).isEqualTo(429);
		assertThat(Reason.DEADLINE_EXCEEDED.status()).isEqualTo(504);
		assertThat(List.of(Reason.RATE_LIMITED, Reason.DEADLINE_EXCEEDED)).noneMatch(Reason::notProcessed);
		assertThat(Reason.RATE_LIMITED).hasToString("rate-limited");
	}

	@Test
	void exceptionSaysWhoRejectedWhatAndCarriesNoTrace() {
		Rejection rejection = new Rejection(Reason.CIRCUIT_OPEN, "circuit-breaker/b", 5);
		CallRejectedException exception = new CallRejectedException("inventory", rejection);
		assertThat(exception).hasMessage("call to inventory rejected: circuit-open by circuit-breaker/b");
		assertThat(exception.rejection()).isSameAs(rejection);
		assertThat(exception.getStackTrace()).isEmpty();
		assertThat(new CallRejectedException("inventory", Rejection.of(Reason.NO_INSTANCE)))
			.hasMessage("call to inventory rejected: no-instance");
	}

	@Test
	void stagesOfASegmentLieTogetherAndInTheOrderOfTheSegments() {
		List<Segment> segments = Arrays.stream(Stage.values()).map(Stage::segment).toList();
		assertThat(segments).isSorted();
		assertThat(segments.stream().distinct()).containsExactly(Segment.values());
	}

	@ParameterizedTest
	@CsvSource({ "PROCESS, INBOUND", "HEAD, INBOUND", "EDGE, INBOUND", "IDENTIFIED, INBOUND", "CALL, OUTBOUND",
			"SELECTION, OUTBOUND", "ATTEMPT, OUTBOUND" })
	void segmentIsOnOneSide(Segment segment, Direction direction) {
		assertThat(segment.direction()).isEqualTo(direction);
	}

	@Test
	void sharedAdmissionHoldsNothing() {
		Decision.Admitted admitted = (Decision.Admitted) Decision.ADMITTED;
		assertThat(admitted.permit()).isSameAs(Permit.NONE);
		admitted.permit().release(Outcome.response(200, false, 1));
	}

	@Test
	void callKnowsNothingByDefault() {
		Call bare = new BareCall();
		assertThat(bare.host()).isNull();
		assertThat(bare.cookie("a")).isNull();
		assertThat(bare.caller()).isNull();
		assertThat(bare.principal()).isNull();
		assertThat(bare.clientIp()).isNull();
		assertThat(bare.label("a")).isNull();
	}

	private static final class BareCall implements Call {

		@Override
		public Direction direction() {
			return Direction.OUTBOUND;
		}

		@Override
		public String service() {
			return "inventory";
		}

		@Override
		public String method() {
			return "GET";
		}

		@Override
		public String path() {
			return "/";
		}

		@Override
		public String header(String name) {
			return null;
		}

		@Override
		public String query(String name) {
			return null;
		}

	}

}
