// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.grpc;

import java.util.concurrent.TimeUnit;

import io.governance.policy.CallRejectedException;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.grpc.Metadata;
import io.grpc.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class GrpcStatusesTests {

	@ParameterizedTest
	@CsvSource({ "429,RESOURCE_EXHAUSTED", "503,UNAVAILABLE", "504,DEADLINE_EXCEEDED", "403,PERMISSION_DENIED",
			"401,UNAUTHENTICATED", "400,INVALID_ARGUMENT", "404,NOT_FOUND", "500,INTERNAL", "501,UNIMPLEMENTED",
			"418,UNKNOWN", "599,UNKNOWN", "200,OK", "204,OK" })
	void aStatusOfHttpHasOneOfGrpc(int http, Status.Code code) {
		assertThat(GrpcStatuses.of(http).getCode()).isEqualTo(code);
	}

	@ParameterizedTest
	@EnumSource(Status.Code.class)
	void anErrorOfGrpcIsAnErrorOfHttp(Status.Code code) {
		assertThat(GrpcStatuses.http(code) >= 400).isEqualTo(code != Status.Code.OK);
	}

	@Test
	void trailersSayWhatIsKnownAndNoMore() {
		Metadata trailers = GrpcStatuses.trailers(Rejection.of(Reason.DEADLINE_EXCEEDED), true);
		assertThat(trailers.keys()).containsExactly("x-governance-reason");
		Rejection busy = new Rejection(Reason.OVERLOADED, "load-shedding/default",
				TimeUnit.MILLISECONDS.toNanos(1_100));
		assertThat(MetadataHeaders.first(GrpcStatuses.trailers(busy, true), "Retry-After")).isEqualTo("2");
		assertThat(MetadataHeaders.first(GrpcStatuses.trailers(busy, true), "x-governance-not-processed"))
			.isEqualTo("true");
		assertThat(MetadataHeaders.first(GrpcStatuses.trailers(busy, false), "x-governance-not-processed")).isNull();
	}

	@Test
	void aRejectionIsFoundAmongCausesAndALoopOfThemEnds() {
		CallRejectedException rejected = new CallRejectedException("inner", Rejection.of(Reason.CIRCUIT_OPEN));
		assertThat(GrpcStatuses
			.rejection(new IllegalStateException(Status.UNAVAILABLE.withCause(rejected).asRuntimeException())))
			.isEqualTo(rejected.rejection());
		IllegalStateException one = new IllegalStateException();
		IllegalStateException other = new IllegalStateException(one);
		one.initCause(other);
		assertThat(GrpcStatuses.rejection(one)).isNull();
		assertThat(GrpcStatuses.rejection(null)).isNull();
	}

	@Test
	void namesThatMetadataCannotHaveAreAbsent() {
		Metadata metadata = new Metadata();
		MetadataHeaders.add(metadata, "X-User", "ann");
		MetadataHeaders.add(metadata, "x-user", "bob");
		assertThat(MetadataHeaders.first(metadata, "x-USER")).isEqualTo("ann");
		assertThat(MetadataHeaders.all(metadata, "x-user")).containsExactly("ann", "bob");
		for (String name : new String[] { "", ":path", "x user", "trace-bin", "größe" }) {
			assertThat(MetadataHeaders.first(metadata, name)).as(name).isNull();
		}
	}

}
