// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.grpc;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import io.grpc.ManagedChannelBuilder;

/**
 * Which channels of Spring gRPC are governed: those that are made for a name, or through
 * discovery, and those to named hosts. Immutable.
 */
public final class GovernedChannels {

	private static final String DISCOVERY = "discovery:";

	private static final String IN_PROCESS = "in-process:";

	private final GovernedClientInterceptor interceptor;

	private final Set<String> hosts;

	/**
	 * Creates it.
	 * @param interceptor governs calls
	 * @param hosts host names or addresses, without port, in any case
	 */
	public GovernedChannels(GovernedClientInterceptor interceptor, Collection<String> hosts) {
		this.interceptor = interceptor;
		this.hosts = hosts.stream().map((host) -> host.trim().toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
	}

	/**
	 * Has a channel governed, if it is to be.
	 * @param target what the channel was asked for by: a name or a target
	 * @param builder builds the channel; to be given further interceptors before, not
	 * after
	 */
	public void govern(String target, ManagedChannelBuilder<?> builder) {
		if (isGoverned(target)) {
			builder.intercept(this.interceptor.forService(Authority.host(target)));
		}
	}

	private boolean isGoverned(String target) {
		boolean name = target.indexOf(':') < 0 && target.indexOf('/') < 0;
		return name || target.startsWith(DISCOVERY) || (!target.startsWith(IN_PROCESS)
				&& this.hosts.contains(Authority.host(target).toLowerCase(Locale.ROOT)));
	}

}
