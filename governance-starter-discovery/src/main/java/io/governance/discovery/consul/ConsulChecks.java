// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.consul;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.governance.discovery.registration.ServiceDefinition;

/** Checks as Consul reads them. */
final class ConsulChecks {

	private ConsulChecks() {
	}

	/**
	 * The check's id, one for each kind: an agent keeps asking what a check of another
	 * kind with the same id asked.
	 */
	static String id(ServiceDefinition definition) {
		String id = "service:" + definition.id();
		ServiceDefinition.Check check = definition.check();
		return (check instanceof ServiceDefinition.Check.Http) ? id + ":http"
				: (check instanceof ServiceDefinition.Check.Grpc) ? id + ":grpc" : id;
	}

	/**
	 * The check with its first status.
	 * @param passing whether others may call the instance at once
	 */
	static Map<String, Object> fields(ServiceDefinition definition, boolean passing) {
		ServiceDefinition.Check check = definition.check();
		Map<String, Object> fields = new LinkedHashMap<>();
		if (check instanceof ServiceDefinition.Check.Ttl heartbeat) {
			fields.put("TTL", text(heartbeat.ttl()));
		}
		else if (check instanceof ServiceDefinition.Check.Http http) {
			fields.put("HTTP", http.url());
			putPace(fields, http.interval(), http.timeout(), http.skipVerify());
		}
		else if (check instanceof ServiceDefinition.Check.Grpc grpc) {
			fields.put("GRPC", grpc.target());
			fields.put("GRPCUseTLS", grpc.tls());
			putPace(fields, grpc.interval(), grpc.timeout(), grpc.skipVerify());
		}
		fields.put("CheckID", id(definition));
		fields.put("Name", "health of " + definition.id());
		fields.put("Status", passing ? "passing" : "critical");
		fields.put("DeregisterCriticalServiceAfter", text(check.deregisterCriticalAfter()));
		return fields;
	}

	private static void putPace(Map<String, Object> fields, Duration interval, Duration timeout, boolean skipVerify) {
		fields.put("Interval", text(interval));
		fields.put("Timeout", text(timeout));
		fields.put("TLSSkipVerify", skipVerify);
	}

	private static String text(Duration duration) {
		return duration.toMillis() + "ms";
	}

}
