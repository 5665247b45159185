// SPDX-License-Identifier: Apache-2.0

package io.governance.test.contract;

import java.util.Map;
import java.util.Objects;

import io.governance.context.CallContext;
import io.governance.execution.Deadline;
import io.governance.test.ManualTimeSource;
import io.governance.test.conformance.Contract;
import io.governance.test.lease.FakeLeaseStore;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/**
 * What every inbound adapter must do. A server under test runs an application with
 * <ul>
 * <li>{@code /hello}: answers {@code hello};
 * <li>{@code /fail}: its handler throws an exception that nobody handles;
 * <li>{@code /context}: answers {@link #describe} of the handler's call context;
 * <li>{@code /async}: the same from another thread, after the handler returned;
 * <li>{@code /stream}: answers {@code first}, and when the gate is open {@code last},
 * each with a line end;
 * <li>{@code /held}: answers {@code late} when the gate is open, and nothing before; its
 * handler holds its thread, where it has one;
 * <li>{@code /held-async}: the same from another thread, after the handler returned;
 * <li>{@code /held-stream}: the same as a stream, by the handler's declaration;
 * <li>{@code /endless}: streams until the client is gone;
 * <li>{@code /rejected}: its handler throws {@link #REJECTED};
 * <li>{@code /rejected-handled}: the same, and the application's own exception handler
 * answers with status 418;
 * <li>{@code /me}: needs HTTP basic authentication as {@code alice} or {@code bob} with
 * password {@code secret}; all else needs none;
 * <li>{@code /cors}: CORS is allowed for {@code https://app.example}, through the
 * framework's mapping.
 * </ul>
 */
@Contract
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class InboundContract implements InboundAdmissionContract, InboundBulkheadContract,
		InboundPermitContract, InboundFaultContract, InboundContextContract, InboundDeadlineContract,
		InboundAnswerContract, InboundSheddingContract, InboundClusterLimitContract {

	private @Nullable InboundFixture fixture;

	/**
	 * Starts the application on a free port.
	 * @param setup what to start it with
	 * @return the running server
	 */
	protected abstract InboundServer start(InboundSetup setup);

	@BeforeAll
	void startServer() {
		this.fixture = fixtureWith(Map.of());
	}

	@AfterAll
	void stopServer() {
		fixture().close();
	}

	@Override
	public final InboundFixture fixture() {
		return Objects.requireNonNull(this.fixture, "started before all tests");
	}

	@Override
	public final InboundFixture fixtureWith(Map<String, String> properties) {
		InboundSetup setup = new InboundSetup(new ManualTimeSource(), new StreamGate(), new FakeLeaseStore(),
				properties);
		return new InboundFixture(setup, start(setup));
	}

	/**
	 * What {@code /context} and {@code /async} answer.
	 * @param context the call context
	 * @param time the clock
	 * @return the context in words
	 */
	public static String describe(CallContext context, TimeSource time) {
		Deadline deadline = context.deadline();
		String left = (deadline != null) ? String.valueOf(deadline.remainingNanos(time) / 1_000_000) : "none";
		return "left=%s attempt=%d caller=%s priority=%s".formatted(left, context.attempt(), context.caller(),
				context.priority().wireValue());
	}

}
