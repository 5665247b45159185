// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.dns;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SimpleResolver;

/**
 * The servers that are asked, one after the other until one answers.
 *
 * @param addresses the servers; empty for those that the machine uses
 * @param tcp whether they are asked by TCP. By UDP some servers leave records out of a
 * long answer without a word, each time others
 * @param timeout how long an answer may take
 */
public record DnsServers(List<InetSocketAddress> addresses, boolean tcp, Duration timeout) {

	/**
	 * Copies the list.
	 */
	public DnsServers {
		addresses = List.copyOf(addresses);
	}

	Resolver resolver() {
		List<InetSocketAddress> used = this.addresses.isEmpty() ? ResolverConfig.getCurrentConfig().servers()
				: this.addresses;
		List<Resolver> resolvers = new ArrayList<>();
		for (InetSocketAddress address : used) {
			SimpleResolver resolver = new SimpleResolver(address);
			resolver.setTCP(this.tcp);
			resolver.setTimeout(this.timeout);
			resolvers.add(resolver);
		}
		ExtendedResolver all = new ExtendedResolver(resolvers);
		all.setRetries(1);
		all.setTimeout(this.timeout.multipliedBy(Math.max(1, resolvers.size())));
		return all;
	}

	@Override
	public String toString() {
		return this.addresses.isEmpty() ? "of this machine" : String.join(",",
				this.addresses.stream().map((address) -> address.getHostString() + ":" + address.getPort()).toList());
	}

}
