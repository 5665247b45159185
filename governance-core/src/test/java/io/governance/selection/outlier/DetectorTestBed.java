// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.outlier;

import java.util.List;
import java.util.concurrent.TimeUnit;

import io.governance.policy.Outcome;
import io.governance.rule.TestContext;
import io.governance.selection.Host;
import io.governance.selection.Hosts;
import io.governance.time.ManualTimeSource;
import org.jspecify.annotations.Nullable;

/**
 * A detector of the hosts h0, h1 and so on, and what tests do to it.
 */
final class DetectorTestBed {

	final ManualTimeSource time = new ManualTimeSource();

	final TestContext context = new TestContext("outlier-detection/test", this.time);

	final List<Host> hosts;

	final ServiceDetector detector;

	DetectorTestBed(int hosts, OutlierDetectionRule rule) {
		this.hosts = Hosts.equal(hosts);
		this.detector = (ServiceDetector) new OutlierDetectionPolicy(rule, this.context.context())
			.newDetector("inventory", null);
		this.detector.track(this.hosts);
	}

	static OutlierDetectionRule rule(@Nullable Integer consecutive, @Nullable Integer errorShare,
			@Nullable Integer maxEjected) {
		return new OutlierDetectionRule(null, null, 0, null, consecutive, errorShare, null, null, null, null, null,
				null, maxEjected, null);
	}

	void report(int host, int status, int times) {
		for (int i = 0; i < times; i++) {
			this.detector.report(this.hosts.get(host), answer(status));
		}
	}

	static Outcome answer(int status) {
		return Outcome.response(status, false, TimeUnit.MILLISECONDS.toNanos(10));
	}

	/**
	 * Has an instance fail often enough, and sweeps.
	 */
	void eject(int host) {
		report(host, 500, 5);
		this.detector.sweep();
	}

	boolean isEjected(int host) {
		return this.detector.isEjected(this.hosts.get(host));
	}

	long suspects() {
		return this.hosts.stream().filter(this.detector::isSuspect).count();
	}

	void sweepAfter(long seconds) {
		this.time.advanceSeconds(seconds);
		this.detector.sweep();
	}

}
