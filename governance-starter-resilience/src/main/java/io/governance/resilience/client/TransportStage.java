// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import io.governance.client.RequestFactoryStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.client.ClientHttpRequestFactory;

/**
 * Next to the wire: gives the requests of the JDK's clients and Apache's the times of
 * each attempt. Other clients keep their own; they are named once in the log, and in
 * {@link #limits()}.
 */
public final class TransportStage implements RequestFactoryStage {

	private static final Logger logger = LoggerFactory.getLogger(TransportStage.class);

	private final ClientSettings settings;

	private final Set<String> withoutTimes = ConcurrentHashMap.newKeySet();

	/**
	 * Creates the stage.
	 * @param settings what adapters work with
	 */
	public TransportStage(ClientSettings settings) {
		this.settings = settings;
	}

	@Override
	public int getOrder() {
		return TRANSPORT;
	}

	@Override
	public ClientHttpRequestFactory wrap(ClientHttpRequestFactory next, boolean loadBalanced) {
		if (!loadBalanced && this.settings.hosts().isEmpty()) {
			return next;
		}
		Transport transport = Transports.of(next);
		if (transport == null) {
			String name = next.getClass().getSimpleName();
			if (this.withoutTimes.add(name)) {
				logger.warn("timeouts not enforceable here: client={} (expected: JdkClientHttpRequestFactory, "
						+ "HttpComponentsClientHttpRequestFactory or SimpleClientHttpRequestFactory)", name);
			}
			return next;
		}
		return (uri, method) -> new TransportRequest(uri, method, transport, this.settings.execution().time());
	}

	/**
	 * Which clients of this process cannot be timed.
	 * @return a text for people; empty when all can
	 */
	public String limits() {
		return this.withoutTimes.isEmpty() ? "" : "timeouts not enforceable: " + new TreeSet<>(this.withoutTimes);
	}

}
