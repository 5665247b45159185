// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.inventory;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * The switch for faults of this instance.
 */
@Endpoint(id = "fault")
public final class FaultEndpoint {

	private final Faults faults;

	FaultEndpoint(Faults faults) {
		this.faults = faults;
	}

	/**
	 * What is wrong with this instance.
	 * @return the fault
	 */
	@ReadOperation
	public Present fault() {
		return new Present(this.faults.present().name());
	}

	/**
	 * Changes what is wrong with this instance, until it is changed again or the process
	 * ends.
	 * @param fault off, errors, unavailable, refusing, hang or slow
	 * @param millis how much slower a slow request is at least; 100 ms when not given
	 * @return the fault
	 */
	@WriteOperation
	public Present change(Fault fault, @Nullable Integer millis) {
		this.faults.change(fault, (millis != null) ? Duration.ofMillis(millis) : null);
		return fault();
	}

	/**
	 * What is wrong with this instance.
	 *
	 * @param fault the fault
	 */
	public record Present(String fault) {
	}

}
