// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.context;

import java.util.Map;
import java.util.concurrent.Callable;

import io.governance.context.CallContext;
import io.governance.policy.Call.Priority;
import io.governance.execution.Deadline;
import io.governance.time.TimeSource;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import org.springframework.context.ApplicationContext;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Makes the current thread work for a call that has all that a call can have.
 */
final class CallInProgress {

	private static final long MINUTE = 60_000_000_000L;

	private final ObservationRegistry registry;

	private final Tracer tracer;

	CallInProgress(ApplicationContext application) {
		this.registry = application.getBean(ObservationRegistry.class);
		this.tracer = application.getBean(Tracer.class);
	}

	/**
	 * What the task sees must be what the calling thread saw.
	 */
	void allCrosses(Callable<SeenContext> task) throws Exception {
		SeenContext[] callers = new SeenContext[1];
		SeenContext seen = during(() -> {
			callers[0] = SeenContext.here(this.tracer);
			return task.call();
		});
		assertThat(callers[0].trace()).hasSize(32);
		assertThat(callers[0].mdc()).containsEntry("traceId", callers[0].trace()).containsEntry("lane", "blue");
		assertThat(callers[0]).extracting(SeenContext::baggage, SeenContext::principal, SeenContext::deadline)
			.containsExactly("blue", "alice", true);
		assertThat(seen).isEqualTo(callers[0]);
	}

	<T> T during(Callable<T> work) throws Exception {
		assertThat(SeenContext.here(this.tracer)).isEqualTo(SeenContext.NOTHING);
		Deadline deadline = new Deadline(TimeSource.system().nanoTime() + MINUTE);
		CallContext call = new CallContext(deadline, 1, Map.of(), "caller", Priority.DEFAULT);
		SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken("alice", "secret"));
		Observation observation = Observation.start("call", this.registry);
		try (CallContext.Scope context = call.makeCurrent();
				Observation.Scope scope = observation.openScope();
				AutoCloseable baggage = this.tracer.createBaggageInScope("lane", "blue")) {
			return work.call();
		}
		finally {
			observation.stop();
			SecurityContextHolder.clearContext();
		}
	}

}
