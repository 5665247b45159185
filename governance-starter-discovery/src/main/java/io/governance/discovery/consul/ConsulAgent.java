// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.consul;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.governance.discovery.registration.ServiceDefinition;
import org.jspecify.annotations.Nullable;

/**
 * The part of the agent's API that registers this process. Waits for each answer, and
 * checks it. Thread-safe.
 */
final class ConsulAgent {

	private static final int UNAVAILABLE = 503;

	private static final int TOO_MANY_REQUESTS = 429;

	private static final int NOT_FOUND = 404;

	private final ConsulClient client;

	private final Duration timeout;

	private volatile @Nullable String registeredBy;

	/**
	 * Creates the agent's view for registration.
	 * @param client connections that nothing else uses
	 * @param timeout how long an answer may take
	 */
	ConsulAgent(ConsulClient client, Duration timeout) {
		this.client = client;
		this.timeout = timeout;
	}

	/**
	 * Registers an instance, or replaces what is registered under its id. Its maintenance
	 * stays, other checks stay.
	 * @param definition the instance
	 * @param passing whether others may call it at once
	 * @throws ConsulException when it is not registered
	 */
	void register(ServiceDefinition definition, boolean passing) {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("ID", definition.id());
		body.put("Name", definition.service());
		body.put("Address", definition.address());
		body.put("Port", definition.port());
		body.put("Tags", definition.tags());
		body.put("Meta", MetadataKeys.encode(definition.metadata()));
		body.put("Check", ConsulChecks.fields(definition, passing));
		String token = token();
		await(this.client.put("/v1/agent/service/register", body, this.timeout));
		this.registeredBy = token;
	}

	/**
	 * Whether the token is another one than at the last registration. The agent keeps
	 * that one for what it tells the servers about the instance, and so must be given the
	 * new one by registering again.
	 * @return whether to register again
	 */
	boolean isTokenChanged() {
		String token = token();
		return token != null && !Objects.equals(token, this.registeredBy);
	}

	/**
	 * Says that an instance is alive.
	 * @param definition the instance
	 * @throws ConsulException when the agent does not know the instance, or was not
	 * reached
	 */
	void heartbeat(ServiceDefinition definition) {
		await(this.client.put("/v1/agent/check/pass/" + ConsulClient.encode(ConsulChecks.id(definition)), null,
				this.timeout));
	}

	/**
	 * Asks what the agent knows of an instance.
	 * @param id the instance's id
	 * @return what is registered; {@code null} when nothing is
	 * @throws ConsulException when the agent does not say
	 */
	@Nullable RegisteredInstance find(String id) {
		// the status says how healthy it is, and the body is the same
		return RegisteredInstance.of(await(this.client.get("/v1/agent/health/service/id/" + ConsulClient.encode(id),
				this.timeout, (status) -> status / 100 == 2 || status == TOO_MANY_REQUESTS || status == UNAVAILABLE
						|| status == NOT_FOUND))
			.value());
	}

	/**
	 * Removes a check. One that is not there is no error.
	 * @param checkId the check's id
	 * @throws ConsulException when it is still registered
	 */
	void removeCheck(String checkId) {
		await(this.client.put("/v1/agent/check/deregister/" + ConsulClient.encode(checkId), null, this.timeout));
	}

	/**
	 * Takes an instance out of service, or back in: nobody calls an instance in
	 * maintenance.
	 * @param id the instance's id
	 * @param reason a text for people; {@code null} to take it back in
	 * @throws ConsulException when that was not done
	 */
	void maintenance(String id, @Nullable String reason) {
		String query = (reason != null) ? "?enable=true&reason=" + ConsulClient.encode(reason) : "?enable=false";
		await(this.client.put("/v1/agent/service/maintenance/" + ConsulClient.encode(id) + query, null, this.timeout));
	}

	/**
	 * Removes an instance. One that is not there is no error.
	 * @param id the instance's id
	 * @throws ConsulException when it is still registered
	 */
	void deregister(String id) {
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
	ConsulAddress address() {
		return this.client.address();
	}

	/**
	 * How long an answer may take, its body included.
	 * @return the time after which it is given up
	 */
	Duration longestAnswer() {
		return this.timeout.plus(ConsulClient.BODY_TIME);
	}

	/** That it is not known is the next request's to say. */
	private @Nullable String token() {
		try {
			return this.client.token().current();
		}
		catch (IllegalStateException ex) {
			return null;
		}
	}

	private static <T> T await(CompletableFuture<T> answer) {
		try {
			return answer.join();
		}
		catch (CompletionException ex) {
			throw ConsulClient.failure(ex);
		}
	}

}
