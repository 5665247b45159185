// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.metrics.istio;

/**
 * What is reported of one call or request.
 *
 * @param reporter who reports it
 * @param peer the called service, or the calling one; {@value Workload#UNKNOWN} where it
 * is not known
 * @param host the host that was called, for what is outside of the suite as well
 * @param code the status; 0 when there was no response
 * @param flags Envoy's short words for what went wrong; {@code -} for nothing
 */
record IstioRequest(Reporter reporter, String peer, String host, int code, String flags) {

	/**
	 * The same of another peer.
	 */
	IstioRequest ofPeer(String name) {
		return new IstioRequest(this.reporter, name, this.host.isEmpty() ? "" : name, this.code, this.flags);
	}

	enum Reporter {

		SOURCE("source"), DESTINATION("destination");

		private final String label;

		Reporter(String label) {
			this.label = label;
		}

		String label() {
			return this.label;
		}

	}

}
