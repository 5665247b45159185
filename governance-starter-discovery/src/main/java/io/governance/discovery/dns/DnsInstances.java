// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.dns;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.governance.discovery.Instance;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.SRVRecord;

/**
 * Collects the records of one answer. For one thread.
 */
final class DnsInstances {

	private static final String WEIGHT = "weight";

	private final String service;

	private final DnsServiceName where;

	private final List<Instance> instances = new ArrayList<>();

	private long ttlSeconds = Long.MAX_VALUE;

	DnsInstances(String service, DnsServiceName where) {
		this.service = service;
		this.where = where;
	}

	void add(@Nullable InetAddress address, int port, @Nullable SRVRecord target, long ttl) {
		if (address == null || port < 1) {
			return;
		}
		String host = address.getHostAddress();
		String id = this.service + "-" + host.replace(':', '-') + "-" + port;
		this.instances.add(new Instance(id, this.service, host, port, this.where.secure(), metadata(target)));
		this.ttlSeconds = Math.min(this.ttlSeconds, ttl);
	}

	DnsAnswer answer() {
		if (this.instances.isEmpty()) {
			throw new DnsException(this.where.name() + " " + this.where.records() + ": no usable record");
		}
		return new DnsAnswer(this.instances, this.ttlSeconds);
	}

	/** A weight of zero says "no weights here", and not "no calls". */
	private Map<String, String> metadata(@Nullable SRVRecord target) {
		if (target == null || target.getWeight() == 0 || this.where.metadata().containsKey(WEIGHT)) {
			return this.where.metadata();
		}
		Map<String, String> metadata = new HashMap<>(this.where.metadata());
		metadata.put(WEIGHT, Integer.toString(target.getWeight()));
		return metadata;
	}

}
