// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.cluster;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.governance.policy.Outcome;
import io.governance.selection.EjectionPolicy;
import io.governance.selection.Host;
import io.governance.selection.OutlierDetector;
import org.jspecify.annotations.Nullable;

/**
 * Ejects what a test says, at the next sweep.
 */
final class ScriptedEjections implements EjectionPolicy {

	static final long NANOS_TO_SWEEP = 77;

	private final int panicThreshold;

	private final Set<Host> toEject = new HashSet<>();

	private final Set<Host> suspects = new HashSet<>();

	private final List<Host> reports = new ArrayList<>();

	private int made;

	private int closed;

	private boolean sweepWanted;

	ScriptedEjections(int panicThreshold) {
		this.panicThreshold = panicThreshold;
	}

	void eject(Host... hosts) {
		this.toEject.addAll(List.of(hosts));
	}

	void suspect(Host... hosts) {
		this.suspects.addAll(List.of(hosts));
	}

	void wantSweep() {
		this.sweepWanted = true;
	}

	List<Host> reports() {
		return this.reports;
	}

	int made() {
		return this.made;
	}

	int closed() {
		return this.closed;
	}

	@Override
	public OutlierDetector newDetector(String service, @Nullable OutlierDetector before) {
		this.made++;
		return new ScriptedDetector();
	}

	private final class ScriptedDetector implements OutlierDetector {

		private final Set<Host> ejected = new HashSet<>();

		@Override
		public void track(List<Host> hosts) {
			this.ejected.retainAll(hosts);
		}

		@Override
		public boolean report(Host host, Outcome outcome) {
			ScriptedEjections.this.reports.add(host);
			return ScriptedEjections.this.sweepWanted;
		}

		@Override
		public boolean sweep() {
			return this.ejected.addAll(ScriptedEjections.this.toEject);
		}

		@Override
		public long nanosToSweep() {
			return NANOS_TO_SWEEP;
		}

		@Override
		public boolean isEjected(Host host) {
			return this.ejected.contains(host);
		}

		@Override
		public boolean isSuspect(Host host) {
			return isEjected(host) || ScriptedEjections.this.suspects.contains(host);
		}

		@Override
		public int panicThreshold() {
			return ScriptedEjections.this.panicThreshold;
		}

		@Override
		public void close() {
			ScriptedEjections.this.closed++;
		}

	}

}
