// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.consul;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The part of the agent's API that registers this process. Waits for each answer, and
 * checks it. Thread-safe.
 */
public final class ConsulAgent {

	private final ConsulClient client;

	private final Duration timeout;

	/**
	 * Creates the agent's view for registration.
	 * @param client connections that nothing else uses
	 * @param timeout how long an answer may take
	 */
	public ConsulAgent(ConsulClient client, Duration timeout) {
		this.client = client;
		this.timeout = timeout;
	}

	/**
	 * Registers an instance with a TTL check that is passing from the start, or replaces
	 * what is registered under its id.
	 * @param definition the instance
	 * @throws ConsulException when it is not registered
	 */
	public void register(ServiceDefinition definition) {
		Map<String, Object> check = new LinkedHashMap<>();
		check.put("CheckID", checkId(definition.id()));
		check.put("Name", "heartbeat of " + definition.id());
		check.put("TTL", millis(definition.ttl()));
		check.put("Status", "passing");
		check.put("DeregisterCriticalServiceAfter", millis(definition.deregisterCriticalAfter()));
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("ID", definition.id());
		body.put("Name", definition.service());
		body.put("Address", definition.address());
		body.put("Port", definition.port());
		body.put("Meta", MetadataKeys.encode(definition.metadata()));
		body.put("Check", check);
		await(this.client.put("/v1/agent/service/register?replace-existing-checks=true", body, this.timeout));
	}

	/**
	 * Says that an instance is alive.
	 * @param id the instance's id
	 * @throws ConsulException when the agent does not know the instance, or was not
	 * reached
	 */
	public void heartbeat(String id) {
		await(this.client.put("/v1/agent/check/pass/" + ConsulClient.encode(checkId(id)), null, this.timeout));
	}

	/**
	 * Removes an instance. One that is not there is no error.
	 * @param id the instance's id
	 * @throws ConsulException when it is still registered
	 */
	public void deregister(String id) {
		try {
			await(this.client.put("/v1/agent/service/deregister/" + ConsulClient.encode(id), null, this.timeout));
		}
		catch (ConsulException ex) {
			boolean unknown = ex.notFound() || String.valueOf(ex.getMessage()).contains("Unknown service");
			if (!unknown) {
				throw ex;
			}
		}
	}

	/**
	 * The agent.
	 * @return its address
	 */
	public ConsulAddress address() {
		return this.client.address();
	}

	/**
	 * How long an answer may take, its body included.
	 * @return the time after which it is given up
	 */
	public Duration longestAnswer() {
		return this.timeout.plus(ConsulClient.BODY_TIME);
	}

	private static void await(CompletableFuture<Void> answer) {
		try {
			answer.join();
		}
		catch (CompletionException ex) {
			throw ConsulClient.failure(ex);
		}
	}

	private static String checkId(String id) {
		return "service:" + id;
	}

	private static String millis(Duration duration) {
		return duration.toMillis() + "ms";
	}

}
