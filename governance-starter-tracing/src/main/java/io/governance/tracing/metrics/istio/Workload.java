// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.metrics.istio;

/**
 * What a process says about itself in Istio's labels.
 *
 * @param name its workload and canonical service
 * @param namespace its namespace, and for want of better knowledge that of the services
 * it talks to
 * @param version its version; {@code unknown} where it is not known
 * @param cluster its cluster
 */
public record Workload(String name, String namespace, String version, String cluster) {

	/**
	 * What Istio's labels say where something is not known.
	 */
	public static final String UNKNOWN = "unknown";

	/**
	 * Its canonical revision.
	 * @return its version; {@code latest} where that is not known
	 */
	String revision() {
		return this.version.equals(UNKNOWN) ? "latest" : this.version;
	}

}
