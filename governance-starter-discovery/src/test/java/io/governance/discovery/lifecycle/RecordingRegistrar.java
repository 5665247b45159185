// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.lifecycle;

import java.time.Duration;
import java.util.List;

import io.governance.discovery.registration.InstanceRegistrar;
import org.jspecify.annotations.Nullable;

/**
 * A registry that notes what it is asked for.
 */
final class RecordingRegistrar implements InstanceRegistrar {

	private final List<String> steps;

	private volatile @Nullable Duration sinceListed = Duration.ZERO;

	RecordingRegistrar(List<String> steps) {
		this.steps = steps;
	}

	void listedBefore(@Nullable Duration time) {
		this.sinceListed = time;
	}

	@Override
	public String registry() {
		return "recording";
	}

	@Override
	public @Nullable Duration sinceListed() {
		return this.sinceListed;
	}

	@Override
	public void takeOut() {
		this.steps.add("taken-out");
	}

	@Override
	public void outOfService(String reason) {
		this.steps.add("out-of-service: " + reason);
	}

	@Override
	public void putBack() {
		this.steps.add("put-back");
	}

}
