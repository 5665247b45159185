// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.consul;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How Consul knows whether an instance is alive. It passes from the start: an instance
 * registers when it is ready.
 */
public sealed interface ServiceCheck {

	/**
	 * When Consul forgets an instance whose check fails.
	 * @return the time; a minute for the least
	 */
	Duration deregisterCriticalAfter();

	/**
	 * How often this process makes sure that it is still registered as it should be.
	 * @return the time between two looks
	 */
	Duration confirmEvery();

	/**
	 * The check's id, one for each kind: an agent keeps asking what a check of another
	 * kind with the same id asked.
	 * @param instanceId the instance
	 * @return the id
	 */
	String id(String instanceId);

	/**
	 * The check as Consul reads it, without what all kinds have.
	 * @return the fields
	 */
	Map<String, Object> fields();

	private static String text(Duration duration) {
		return duration.toMillis() + "ms";
	}

	private static Map<String, Object> asked(String kind, String target, Duration interval, Duration timeout) {
		Map<String, Object> fields = new LinkedHashMap<>();
		fields.put(kind, target);
		fields.put("Interval", text(interval));
		fields.put("Timeout", text(timeout));
		return fields;
	}

	/** An agent that came back without its memory has every instance again soon. */
	private static Duration atMostFiveSeconds(Duration interval) {
		Duration longest = Duration.ofSeconds(5);
		return (interval.compareTo(longest) > 0) ? longest : interval;
	}

	/**
	 * The instance says that it is alive.
	 *
	 * @param ttl how long it counts as alive after a heartbeat
	 * @param deregisterCriticalAfter when Consul forgets it without heartbeat
	 */
	record Ttl(Duration ttl, Duration deregisterCriticalAfter) implements ServiceCheck {

		@Override
		public Duration confirmEvery() {
			return this.ttl.dividedBy(3);
		}

		@Override
		public String id(String instanceId) {
			return "service:" + instanceId;
		}

		@Override
		public Map<String, Object> fields() {
			return new LinkedHashMap<>(Map.of("TTL", text(this.ttl)));
		}

	}

	/**
	 * The agent asks the instance by HTTP.
	 *
	 * @param url what it asks
	 * @param interval the time between two questions
	 * @param timeout how long an answer may take
	 * @param skipVerify whether the agent trusts any certificate
	 * @param deregisterCriticalAfter when Consul forgets an instance that fails
	 */
	record Http(String url, Duration interval, Duration timeout, boolean skipVerify,
			Duration deregisterCriticalAfter) implements ServiceCheck {

		@Override
		public Duration confirmEvery() {
			return atMostFiveSeconds(this.interval);
		}

		@Override
		public String id(String instanceId) {
			return "service:" + instanceId + ":http";
		}

		@Override
		public Map<String, Object> fields() {
			Map<String, Object> fields = asked("HTTP", this.url, this.interval, this.timeout);
			fields.put("TLSSkipVerify", this.skipVerify);
			return fields;
		}

	}

	/**
	 * The agent asks the instance by gRPC's health protocol.
	 *
	 * @param target {@code host:port}, and {@code /service} for one service of it
	 * @param tls whether the instance speaks TLS
	 * @param interval the time between two questions
	 * @param timeout how long an answer may take
	 * @param skipVerify whether the agent trusts any certificate
	 * @param deregisterCriticalAfter when Consul forgets an instance that fails
	 */
	record Grpc(String target, boolean tls, Duration interval, Duration timeout, boolean skipVerify,
			Duration deregisterCriticalAfter) implements ServiceCheck {

		@Override
		public Duration confirmEvery() {
			return atMostFiveSeconds(this.interval);
		}

		@Override
		public String id(String instanceId) {
			return "service:" + instanceId + ":grpc";
		}

		@Override
		public Map<String, Object> fields() {
			Map<String, Object> fields = asked("GRPC", this.target, this.interval, this.timeout);
			fields.put("GRPCUseTLS", this.tls);
			fields.put("TLSSkipVerify", this.skipVerify);
			return fields;
		}

	}

}
