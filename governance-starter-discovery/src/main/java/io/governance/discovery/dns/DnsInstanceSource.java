// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.dns;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;

import io.governance.discovery.InstanceSource;

/**
 * Follows services in DNS: asks again when the time to live of the answer is over, within
 * bounds. Nothing blocks.
 */
public final class DnsInstanceSource implements InstanceSource {

	private final DnsServers servers;

	private final DnsLookup lookup;

	private final Function<String, DnsServiceName> names;

	private final DnsPace pace;

	private final ScheduledExecutorService scheduler;

	/**
	 * Creates the source.
	 * @param servers who is asked
	 * @param names how each service is found
	 * @param minimumTtl the shortest time between two questions, for answers that live
	 * shorter
	 * @param maximumTtl the longest time between two questions
	 * @param scheduler asks
	 */
	public DnsInstanceSource(DnsServers servers, Function<String, DnsServiceName> names, Duration minimumTtl,
			Duration maximumTtl, ScheduledExecutorService scheduler) {
		this.servers = servers;
		this.names = names;
		this.pace = new DnsPace(minimumTtl, maximumTtl);
		this.scheduler = scheduler;
		this.lookup = new DnsLookup(servers.resolver(), scheduler);
	}

	@Override
	public Following follow(String service, Listener listener) {
		DnsFollowing following = new DnsFollowing(() -> this.lookup.ask(service, this.names.apply(service)), listener,
				this.pace, this.scheduler);
		following.start();
		return following;
	}

	@Override
	public String description() {
		return "dns " + this.servers;
	}

}
