// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.cluster;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import io.governance.policy.Outcome;
import io.governance.selection.EjectionPolicy;
import io.governance.selection.Host;
import io.governance.selection.OutlierDetector;
import io.governance.selection.SelectionPolicy;

/**
 * A detector at work. Where it fails, that is said, and it finds nothing out: neither
 * calls nor the other policies suffer.
 *
 * @param policy the policy that made it
 * @param detector the detector
 * @param acts whether what it ejects is left out
 * @param failed is told what failed
 */
record Watch(EjectionPolicy policy, OutlierDetector detector, boolean acts,
		BiConsumer<SelectionPolicy, RuntimeException> failed) implements OutlierDetector {

	private static final long TRY_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

	@Override
	public void track(List<Host> hosts) {
		ask(() -> {
			this.detector.track(hosts);
			return true;
		}, false);
	}

	@Override
	public boolean report(Host host, Outcome outcome) {
		try {
			return this.detector.report(host, outcome);
		}
		catch (RuntimeException ex) {
			this.failed.accept(this.policy, ex);
			return false;
		}
	}

	@Override
	public boolean sweep() {
		return ask(this.detector::sweep, false);
	}

	@Override
	public long nanosToSweep() {
		return ask(this.detector::nanosToSweep, TRY_AGAIN_NANOS);
	}

	@Override
	public boolean isEjected(Host host) {
		return ask(() -> this.detector.isEjected(host), false);
	}

	@Override
	public boolean isSuspect(Host host) {
		return ask(() -> this.detector.isSuspect(host), false);
	}

	@Override
	public int panicThreshold() {
		return ask(this.detector::panicThreshold, 0);
	}

	@Override
	public void close() {
		ask(() -> {
			this.detector.close();
			return true;
		}, false);
	}

	private <T> T ask(Supplier<T> question, T otherwise) {
		try {
			return question.get();
		}
		catch (RuntimeException ex) {
			this.failed.accept(this.policy, ex);
			return otherwise;
		}
	}

}
