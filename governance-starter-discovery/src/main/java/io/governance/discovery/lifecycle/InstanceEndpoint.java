// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.lifecycle;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * Tells where this instance stands, and takes it out of service and back.
 */
@Endpoint(id = "governanceinstance")
public final class InstanceEndpoint {

	private static final String NO_REASON = "no reason given";

	private final InstanceLifecycle lifecycle;

	/**
	 * Creates the endpoint.
	 * @param lifecycle takes the instance out and back
	 */
	public InstanceEndpoint(InstanceLifecycle lifecycle) {
		this.lifecycle = lifecycle;
	}

	/**
	 * Where this instance stands.
	 * @return the state
	 */
	@ReadOperation
	public Description instance() {
		InstanceStatus status = this.lifecycle.status();
		return new Description(status.state(), Instant.ofEpochMilli(status.sinceMillis()), status.reason());
	}

	/**
	 * Takes this instance out of service, or puts it back. It is not stopped, and the
	 * process's end ends it, too: a new process begins in service.
	 * @param state what it should be
	 * @param reason why it should be out of service, for people
	 * @return the state that it is in now, on its way to what it should be
	 */
	@WriteOperation
	public Description change(Service state, @Nullable String reason) {
		switch (state) {
			case OUT_OF_SERVICE ->
				this.lifecycle.takeOut((reason != null && !reason.isBlank()) ? reason.strip() : NO_REASON);
			case IN_SERVICE -> this.lifecycle.putBack();
		}
		return instance();
	}

	/**
	 * Where this instance stands.
	 *
	 * @param state its state
	 * @param since since when
	 * @param reason why it is out of service; missing when it is not
	 */
	public record Description(InstanceState state, Instant since, @Nullable String reason) {
	}

	/** What an operator can want of an instance. */
	public enum Service {

		/** It takes calls. */
		IN_SERVICE,

		/** It takes no calls, and goes on running. */
		OUT_OF_SERVICE

	}

}
