// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.inbound;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import io.governance.policy.CallRejectedException;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.grpc.Status;
import org.junit.jupiter.api.Test;

import org.springframework.cloud.client.circuitbreaker.NoFallbackAvailableException;

import static org.assertj.core.api.Assertions.assertThat;

class EscapedRejectionTests {

	private final CallRejectedException rejected = new CallRejectedException("stock",
			Rejection.of(Reason.CIRCUIT_OPEN));

	@Test
	void isFoundByItselfAndInWhatOnlyCarriesItOn() {
		assertFound(this.rejected);
		assertFound(new CompletionException(this.rejected));
		assertFound(new ExecutionException(new CompletionException(this.rejected)));
		assertFound(new NoFallbackAvailableException("none", this.rejected));
		assertFound(Status.UNAVAILABLE.withCause(this.rejected).asRuntimeException());
	}

	private void assertFound(Throwable error) {
		assertThat(EscapedRejection.of(error)).isEqualTo(this.rejected.rejection());
	}

	@Test
	void isNotLookedForInExceptionsOfTheApplication() {
		assertThat(EscapedRejection.of(new IllegalStateException("no order today", this.rejected))).isNull();
		assertThat(EscapedRejection.of(new CompletionException(new IllegalStateException("broken")))).isNull();
		assertThat(EscapedRejection.of(new CompletionException("broken", null))).isNull();
	}

}
