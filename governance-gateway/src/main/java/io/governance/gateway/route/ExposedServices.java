// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.route;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.SmartLifecycle;

/**
 * Follows which services say {@value #EXPOSE}{@code =true} in their metadata. A registry
 * that is away changes nothing. Thread-safe.
 */
public final class ExposedServices implements SmartLifecycle {

	/** The metadata key by which a service asks for a route. */
	public static final String EXPOSE = "gateway.expose";

	private static final Logger logger = LoggerFactory.getLogger(ExposedServices.class);

	private final DiscoveryClient discovery;

	private final Duration interval;

	private final Runnable onChange;

	private volatile Set<String> services = Set.of();

	private volatile boolean registryAway;

	private volatile @Nullable ScheduledExecutorService poller;

	/**
	 * Creates it; follows nothing until it is started.
	 * @param discovery asks the registry
	 * @param interval how often
	 * @param onChange told after the set has changed
	 */
	public ExposedServices(DiscoveryClient discovery, Duration interval, Runnable onChange) {
		this.discovery = discovery;
		this.interval = interval;
		this.onChange = onChange;
	}

	/**
	 * The services that are exposed now.
	 * @return their names
	 */
	public Set<String> services() {
		return this.services;
	}

	void poll() {
		try {
			Set<String> exposed = new TreeSet<>();
			for (String service : this.discovery.getServices()) {
				if (isExposed(service)) {
					exposed.add(service);
				}
			}
			this.registryAway = false;
			update(exposed);
		}
		catch (RuntimeException ex) {
			if (!this.registryAway) {
				logger.warn("exposed services: registry away, routes stay: services={} error={}", this.services,
						ex.toString());
			}
			this.registryAway = true;
		}
	}

	private boolean isExposed(String service) {
		return this.discovery.getInstances(service)
			.stream()
			.map(ServiceInstance::getMetadata)
			.anyMatch((metadata) -> metadata != null && "true".equalsIgnoreCase(metadata.get(EXPOSE)));
	}

	private void update(Set<String> exposed) {
		if (!exposed.equals(this.services)) {
			logger.info("exposed services: before={} now={}", this.services, exposed);
			this.services = Set.copyOf(exposed);
			this.onChange.run();
		}
	}

	@Override
	public void start() {
		ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor((task) -> {
			Thread thread = new Thread(task, "governance-exposed-services");
			thread.setDaemon(true);
			return thread;
		});
		started.scheduleWithFixedDelay(this::poll, 0, this.interval.toMillis(), TimeUnit.MILLISECONDS);
		this.poller = started;
	}

	@Override
	public void stop() {
		ScheduledExecutorService running = this.poller;
		if (running != null) {
			running.shutdownNow();
			this.poller = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.poller != null;
	}

}
