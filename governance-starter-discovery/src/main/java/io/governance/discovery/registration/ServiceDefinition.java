// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.registration;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What is registered for one instance.
 *
 * @param id unique in the registry
 * @param service the service's name
 * @param address host name or address under which others reach it
 * @param port the port
 * @param tags by which others choose; the environment is the first
 * @param metadata what it says about itself
 * @param check how the registry knows whether it is alive
 */
public record ServiceDefinition(String id, String service, String address, int port, List<String> tags,
		Map<String, String> metadata, Check check) {

	/**
	 * Copies tags and metadata.
	 */
	public ServiceDefinition {
		tags = List.copyOf(tags);
		metadata = Map.copyOf(metadata);
	}

	/**
	 * The same instance, known to be alive in another way.
	 * @param other how
	 * @return a definition that differs in its check only
	 */
	public ServiceDefinition with(Check other) {
		return new ServiceDefinition(this.id, this.service, this.address, this.port, this.tags, this.metadata, other);
	}

	/**
	 * How a registry knows whether an instance is alive. It passes from the start: an
	 * instance registers when it is ready.
	 */
	public sealed interface Check {

		/**
		 * When the registry forgets an instance whose check fails.
		 * @return the time
		 */
		Duration deregisterCriticalAfter();

		/**
		 * How often this process makes sure that it is still registered as it should be.
		 * @return the time between two looks
		 */
		Duration confirmEvery();

		/** A registry that came back without its memory has every instance again soon. */
		private static Duration atMostFiveSeconds(Duration interval) {
			Duration longest = Duration.ofSeconds(5);
			return (interval.compareTo(longest) > 0) ? longest : interval;
		}

		/**
		 * The instance says that it is alive.
		 *
		 * @param ttl how long it counts as alive after a heartbeat
		 * @param deregisterCriticalAfter when the registry forgets it without heartbeat
		 */
		record Ttl(Duration ttl, Duration deregisterCriticalAfter) implements Check {

			@Override
			public Duration confirmEvery() {
				return this.ttl.dividedBy(3);
			}

		}

		/**
		 * The registry asks the instance by HTTP.
		 *
		 * @param url what it asks
		 * @param interval the time between two questions
		 * @param timeout how long an answer may take
		 * @param skipVerify whether the registry trusts any certificate
		 * @param deregisterCriticalAfter when the registry forgets an instance that fails
		 */
		record Http(String url, Duration interval, Duration timeout, boolean skipVerify,
				Duration deregisterCriticalAfter) implements Check {

			@Override
			public Duration confirmEvery() {
				return atMostFiveSeconds(this.interval);
			}

		}

		/**
		 * The registry asks the instance by gRPC's health protocol.
		 *
		 * @param target {@code host:port}, and {@code /service} for one service of it
		 * @param tls whether the instance speaks TLS
		 * @param interval the time between two questions
		 * @param timeout how long an answer may take
		 * @param skipVerify whether the registry trusts any certificate
		 * @param deregisterCriticalAfter when the registry forgets an instance that fails
		 */
		record Grpc(String target, boolean tls, Duration interval, Duration timeout, boolean skipVerify,
				Duration deregisterCriticalAfter) implements Check {

			@Override
			public Duration confirmEvery() {
				return atMostFiveSeconds(this.interval);
			}

		}

	}

}
