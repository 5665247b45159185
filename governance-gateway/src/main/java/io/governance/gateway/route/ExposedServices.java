// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.route;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.SmartLifecycle;

/**
 * Follows which services say {@value #EXPOSE}{@code =true} in their metadata. A service
 * that has no instance left stays for a while, so that its callers are told that nobody
 * is there, not that there is no such thing. A registry that is away changes nothing.
 * Thread-safe.
 */
public final class ExposedServices implements SmartLifecycle {

	/** The metadata key by which a service asks for a route. */
	public static final String EXPOSE = "gateway.expose";

	private static final Logger logger = LoggerFactory.getLogger(ExposedServices.class);

	/** What can stand in a path pattern and as the host of a URI. */
	private static final Pattern ROUTABLE = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?");

	private final DiscoveryClient discovery;

	private final RouteLifetime lifetime;

	private final TimeSource time;

	private final Runnable onChange;

	/** When each was last seen, in nanoseconds. Belongs to the poller. */
	private final Map<String, Long> seen = new HashMap<>();

	/** Those whose instances could not be asked for. Belongs to the poller. */
	private final Set<String> unanswered = new HashSet<>();

	private volatile Set<String> services = Set.of();

	private volatile boolean registryAway;

	private volatile boolean stopped;

	private volatile @Nullable ScheduledExecutorService poller;

	/**
	 * Creates it; follows nothing until it is started.
	 * @param discovery asks the registry
	 * @param lifetime how often, and how long a service stays
	 * @param time the clock
	 * @param onChange told after the set has changed
	 */
	public ExposedServices(DiscoveryClient discovery, RouteLifetime lifetime, TimeSource time, Runnable onChange) {
		this.discovery = discovery;
		this.lifetime = lifetime;
		this.time = time;
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
			Set<String> asked = new HashSet<>(this.discovery.getServices());
			asked.addAll(this.seen.keySet());
			asked.stream().filter((service) -> ROUTABLE.matcher(service).matches()).forEach(this::tryLook);
			this.unanswered.retainAll(asked);
			long now = this.time.nanoTime();
			this.seen.values().removeIf((last) -> now - last >= this.lifetime.keepFor().toNanos());
			this.registryAway = false;
			if (!this.stopped) {
				update(new TreeSet<>(this.seen.keySet()));
			}
		}
		catch (RuntimeException ex) {
			if (!this.registryAway && !this.stopped) {
				logger.warn("registry-routes={} registry=away effect=\"the routes stay\" error=\"{}\"", this.services,
						ex.toString());
			}
			this.registryAway = true;
		}
	}

	/** One service that cannot be asked for changes nothing for itself and others. */
	private void tryLook(String service) {
		try {
			look(service);
			this.unanswered.remove(service);
		}
		catch (RuntimeException ex) {
			this.seen.computeIfPresent(service, (name, last) -> this.time.nanoTime());
			if (this.unanswered.add(service)) {
				logger.warn("registry-routes={} unanswered={} effect=\"its route stays as it is\" error=\"{}\"",
						this.services, service, ex.toString());
			}
		}
	}

	private void look(String service) {
		List<ServiceInstance> instances = this.discovery.getInstances(service);
		if (instances.stream().anyMatch(ExposedServices::isExposed)) {
			this.seen.put(service, this.time.nanoTime());
		}
		else if (!instances.isEmpty()) {
			this.seen.remove(service);
		}
	}

	private static boolean isExposed(ServiceInstance instance) {
		Map<String, String> metadata = instance.getMetadata();
		return metadata != null && "true".equalsIgnoreCase(metadata.get(EXPOSE));
	}

	private void update(Set<String> exposed) {
		if (!exposed.equals(this.services)) {
			logger.info("registry-routes={} was={}", exposed, new TreeSet<>(this.services));
			this.services = Set.copyOf(exposed);
			this.onChange.run();
		}
	}

	@Override
	public void start() {
		this.stopped = false;
		ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor((task) -> {
			Thread thread = new Thread(task, "governance-exposed-services");
			thread.setDaemon(true);
			return thread;
		});
		started.scheduleWithFixedDelay(this::poll, 0, this.lifetime.interval().toMillis(), TimeUnit.MILLISECONDS);
		this.poller = started;
	}

	@Override
	public void stop() {
		this.stopped = true;
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

	/**
	 * Before the web server, so that the first callers find routes.
	 */
	@Override
	public int getPhase() {
		return 0;
	}

	/**
	 * How long what the registry said is true.
	 *
	 * @param interval how often the registry is asked
	 * @param keepFor how long a service stays after its last instance was seen
	 */
	public record RouteLifetime(Duration interval, Duration keepFor) {
	}

}
