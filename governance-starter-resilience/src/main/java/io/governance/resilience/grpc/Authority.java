// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.grpc;

/**
 * The host in an authority of gRPC, which may be a target: {@code inventory},
 * {@code inventory:9090}, {@code [::1]:9090}, {@code dns:///inventory:9090}.
 */
final class Authority {

	private Authority() {
	}

	static String host(String target) {
		String address = target.substring(target.lastIndexOf('/') + 1);
		int end = address.lastIndexOf(':');
		boolean port = end > address.lastIndexOf(']') && address.indexOf(':', address.indexOf(']') + 1) == end;
		return port ? address.substring(0, end) : address;
	}

}
