// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.dns;

import java.util.List;

import io.governance.discovery.Instance;

/**
 * What DNS says about a service.
 *
 * @param instances those that may be called; never empty
 * @param ttlSeconds how long it may be believed
 */
record DnsAnswer(List<Instance> instances, long ttlSeconds) {

	DnsAnswer {
		instances = List.copyOf(instances);
	}

}
