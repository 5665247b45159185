// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.governance.discovery.dns.DnsRecords;
import io.governance.discovery.dns.DnsServers;
import io.governance.discovery.dns.DnsServiceName;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of DNS as the source of instances, fixed at start.
 *
 * @param name name that is asked for, in which {service} stands for the service's name;
 * without it DNS is not asked
 * @param records what is asked for
 * @param port port of all instances, for records other than SRV
 * @param secure whether instances speak TLS
 * @param servers servers that are asked, host:port or host, port 53; those of this
 * machine by default
 * @param tcp whether servers are asked by TCP; by UDP some leave records out of a long
 * answer without a word
 * @param timeout how long an answer may take
 * @param minimumTtl shortest time between two questions for a service
 * @param maximumTtl longest time between two questions for a service
 * @param services services that are found otherwise, by name
 */
@ConfigurationProperties("governance.discovery.dns")
public record DiscoveryDnsProperties(@Nullable String name, @DefaultValue("SRV") DnsRecords records,
		@Nullable Integer port, @DefaultValue("false") boolean secure, @DefaultValue List<String> servers,
		@DefaultValue("true") boolean tcp, @DefaultValue("2s") Duration timeout,
		@DefaultValue("1s") Duration minimumTtl, @DefaultValue("30s") Duration maximumTtl,
		@DefaultValue Map<String, Service> services) {

	private static final int DNS_PORT = 53;

	/**
	 * Checks the values.
	 */
	public DiscoveryDnsProperties {
		checkPort("port", port);
		if (timeout.toMillis() < 1) {
			throw bad("timeout", timeout, "at least PT0.001S");
		}
		if (minimumTtl.toMillis() < 100) {
			throw bad("minimum-ttl", minimumTtl, "at least PT0.1S");
		}
		if (maximumTtl.compareTo(minimumTtl) < 0) {
			throw bad("maximum-ttl", maximumTtl, "at least minimum-ttl, " + minimumTtl);
		}
		if (records != DnsRecords.SRV && port == null) {
			throw bad("port", "none", "a port, because records is " + records);
		}
		services.forEach((id, service) -> service.check(id, records, port));
	}

	DnsServers dnsServers() {
		return new DnsServers(this.servers.stream().map(DiscoveryDnsProperties::address).toList(), this.tcp,
				this.timeout);
	}

	DnsServiceName where(String service) {
		Service own = this.services.get(service);
		String asked = (own != null && own.name != null) ? own.name : String.valueOf(this.name);
		DnsRecords ownRecords = (own != null && own.records != null) ? own.records : this.records;
		Integer ownPort = (own != null && own.port != null) ? own.port : this.port;
		boolean ownSecure = (own != null && own.secure != null) ? own.secure : this.secure;
		return new DnsServiceName(asked.replace("{service}", service), ownRecords, (ownPort != null) ? ownPort : 0,
				ownSecure, (own != null) ? own.metadata : Map.of());
	}

	private static InetSocketAddress address(String text) {
		int colon = text.lastIndexOf(':');
		boolean bare = colon < 0 || text.endsWith("]") || text.indexOf(':') != colon && !text.startsWith("[");
		String host = bare ? text : text.substring(0, colon);
		try {
			int port = bare ? DNS_PORT : Integer.parseInt(text.substring(colon + 1));
			return new InetSocketAddress(host.replace("[", "").replace("]", ""), port);
		}
		catch (IllegalArgumentException ex) {
			throw bad("servers", text, "a host or host:port");
		}
	}

	private static void checkPort(String key, @Nullable Integer port) {
		if (port != null && (port < 1 || port > 65535)) {
			throw bad(key, port, "1 to 65535");
		}
	}

	private static IllegalArgumentException bad(String key, Object value, String expected) {
		return new IllegalArgumentException(
				"governance.discovery.dns." + key + ": " + value + " (expected: " + expected + ")");
	}

	/**
	 * A service that is found otherwise. What is not set is as for all.
	 *
	 * @param name name that is asked for
	 * @param records what is asked for
	 * @param port port of all instances, for records other than SRV
	 * @param secure whether instances speak TLS
	 * @param metadata what all instances say about themselves
	 */
	public record Service(@Nullable String name, @Nullable DnsRecords records, @Nullable Integer port,
			@Nullable Boolean secure, @DefaultValue Map<String, String> metadata) {

		private void check(String id, DnsRecords usual, @Nullable Integer usualPort) {
			String key = "services." + id + ".port";
			checkPort(key, this.port);
			DnsRecords asked = (this.records != null) ? this.records : usual;
			if (asked != DnsRecords.SRV && this.port == null && usualPort == null) {
				throw bad(key, "none", "a port, because records is " + asked);
			}
		}

	}

}
