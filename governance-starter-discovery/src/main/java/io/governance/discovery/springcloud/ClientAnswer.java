// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.springcloud;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.governance.discovery.Instance;
import io.governance.discovery.Listing;

import org.springframework.cloud.client.ServiceInstance;

/**
 * What a discovery client says about a service, in our words.
 *
 * @param healthy the instances that may be called
 * @param known the ids of all instances, healthy or not, without the withdrawn ones
 * @param withdrawn the ids of those that were taken out of service
 */
record ClientAnswer(List<Instance> healthy, Set<String> known, Set<String> withdrawn) {

	static final ClientAnswer NOTHING = new ClientAnswer(List.of(), Set.of(), Set.of());

	/** Spring Cloud ZooKeeper lists instances that were taken out, and marks them. */
	private static final String STATUS = "instance_status";

	private static final String OUT_OF_SERVICE = "OUT_OF_SERVICE";

	private static final Set<String> UP = Set.of("", "UP");

	/** Kubernetes' own labels, where a user has not said it in our words. */
	private static final Map<String, String> ALIASES = Map.of("app.kubernetes.io/version", "version",
			"topology.kubernetes.io/zone", "zone");

	static ClientAnswer of(String service, List<ServiceInstance> found) {
		if (found.isEmpty()) {
			return NOTHING;
		}
		List<Instance> healthy = new ArrayList<>();
		Set<String> known = new HashSet<>();
		Set<String> withdrawn = new HashSet<>();
		for (ServiceInstance instance : found) {
			(OUT_OF_SERVICE.equals(status(instance)) ? withdrawn : known).add(id(service, instance));
			if (isCallable(instance)) {
				healthy.add(instance(service, instance));
			}
		}
		return new ClientAnswer(healthy, known, withdrawn);
	}

	/** Whether the client knows no instance at all, whatever became of them. */
	boolean isEmpty() {
		return this.known.isEmpty() && this.withdrawn.isEmpty();
	}

	Listing listing(boolean reset) {
		return new Listing(this.healthy, this.known, reset, this.withdrawn);
	}

	private static boolean isCallable(ServiceInstance found) {
		String host = found.getHost();
		return host != null && !host.isEmpty() && found.getPort() <= 65535 && UP.contains(status(found));
	}

	private static String status(ServiceInstance found) {
		return metadata(found).getOrDefault(STATUS, "");
	}

	private static String id(String service, ServiceInstance found) {
		return (found.getInstanceId() != null) ? found.getInstanceId()
				: service + "-" + found.getHost() + "-" + port(found);
	}

	private static Instance instance(String service, ServiceInstance found) {
		return new Instance(id(service, found), service, found.getHost(), port(found), found.isSecure(),
				withAliases(metadata(found)));
	}

	private static Map<String, String> metadata(ServiceInstance found) {
		Map<String, String> metadata = found.getMetadata();
		return (metadata != null) ? metadata : Map.of();
	}

	private static Map<String, String> withAliases(Map<String, String> metadata) {
		Map<String, String> all = new HashMap<>();
		metadata.forEach((key, value) -> {
			if (key != null && value != null) {
				all.put(key, value);
			}
		});
		ALIASES.forEach((theirs, ours) -> {
			String value = all.get(theirs);
			if (value != null) {
				all.putIfAbsent(ours, value);
			}
		});
		return all;
	}

	private static int port(ServiceInstance found) {
		if (found.getPort() > 0) {
			return found.getPort();
		}
		return found.isSecure() ? 443 : 80;
	}

}
