// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.connection;

import java.util.concurrent.ScheduledExecutorService;

import io.governance.client.RequestFactoryStage;
import org.jspecify.annotations.Nullable;

import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.util.ClassUtils;

/**
 * Sets up the connections of each load-balanced blocking client, next to the wire: the
 * factory stays of its type, so that the layers outside know it. What a client cannot do
 * is said once.
 */
public final class ClientConnections implements RequestFactoryStage {

	/** Inside of all layers. */
	static final int ORDER = TRANSPORT + 1000;

	private static final boolean APACHE_PRESENT = ClassUtils.isPresent(
			"org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager",
			ClientConnections.class.getClassLoader());

	private final ClientAbilities abilities;

	private final JdkConnections jdk;

	private final @Nullable ApacheConnections apache;

	/**
	 * Creates the stage.
	 * @param plan which settings hold where
	 * @param scheduler closes idle connections
	 */
	public ClientConnections(ConnectionPlan plan, ScheduledExecutorService scheduler) {
		this.abilities = new ClientAbilities(plan);
		this.jdk = new JdkConnections(plan);
		this.apache = APACHE_PRESENT ? new ApacheConnections(plan, scheduler) : null;
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

	@Override
	public ClientHttpRequestFactory wrap(ClientHttpRequestFactory next, boolean loadBalanced) {
		return loadBalanced ? setUp(next) : next;
	}

	private ClientHttpRequestFactory setUp(ClientHttpRequestFactory factory) {
		if (this.apache != null && this.apache.setUp(factory)) {
			this.abilities.tell(ClientAbilities.APACHE);
			return factory;
		}
		if (factory.getClass() == JdkClientHttpRequestFactory.class) {
			ClientHttpRequestFactory settled = this.jdk.setUp((JdkClientHttpRequestFactory) factory);
			if (settled != null) {
				this.abilities.tell(ClientAbilities.JDK);
				return settled;
			}
		}
		this.abilities.tell((factory.getClass() == SimpleClientHttpRequestFactory.class) ? ClientAbilities.SIMPLE
				: ClientAbilities.unknown(factory.getClass().getSimpleName()));
		return factory;
	}

}
