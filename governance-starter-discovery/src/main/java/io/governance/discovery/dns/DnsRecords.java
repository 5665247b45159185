// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.dns;

/** What is asked for a service. */
public enum DnsRecords {

	/** SRV records: targets with their ports, resolved to addresses. */
	SRV,

	/** IPv4 addresses; the port is configured. */
	A,

	/** IPv6 addresses; the port is configured. */
	AAAA

}
