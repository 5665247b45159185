// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.registration;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

import io.governance.discovery.registration.CheckSettings.Kind;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.core.env.Environment;

/**
 * What this process says about itself: complete as soon as its web server has a port.
 * Thread-safe.
 */
public final class OwnInstance {

	/** Metadata: milliseconds since the epoch at which the instance became ready. */
	public static final String START_TIME = "start-time";

	/** Metadata: the port of the actuator, where it has one of its own. */
	public static final String MANAGEMENT_PORT = "management-port";

	/** Metadata: whether the actuator speaks TLS, where it has a port of its own. */
	public static final String MANAGEMENT_SECURE = "management-secure";

	/** Metadata: where metrics are scraped; missing where none are exposed. */
	public static final String METRICS_PATH = "metrics-path";

	/** Metadata: whether the instance speaks TLS. */
	public static final String SECURE = "secure";

	private static final String WILDCARDS = "0.0.0.0,::,0:0:0:0:0:0:0:0";

	private final Environment environment;

	private final RegistrationSettings settings;

	private final CheckSettings check;

	private final MetricsEndpoint metrics;

	private final TimeSource time;

	private volatile long startTime;

	private volatile @Nullable String metricsPath;

	private volatile int serverPort = -1;

	private volatile int managementPort = -1;

	/**
	 * Creates the description.
	 * @param environment names the service and its address
	 * @param settings what the user said
	 * @param check how the registry knows whether it is alive
	 * @param metrics where metrics are
	 * @param time the clock
	 */
	public OwnInstance(Environment environment, RegistrationSettings settings, CheckSettings check,
			MetricsEndpoint metrics, TimeSource time) {
		this.environment = environment;
		this.settings = settings;
		this.check = check;
		this.metrics = metrics;
		this.time = time;
	}

	TimeSource time() {
		return this.time;
	}

	/**
	 * Takes in a port.
	 * @param event of the service's or of the actuator's web server
	 */
	void serverStarted(WebServerInitializedEvent event) {
		int port = event.getWebServer().getPort();
		if ("management".equals(event.getApplicationContext().getServerNamespace())) {
			this.managementPort = port;
		}
		else {
			this.serverPort = port;
		}
	}

	/** It takes no traffic for a while: when it does again, it begins anew. */
	void interrupted() {
		this.startTime = 0;
	}

	/**
	 * What to register; asked for when the instance is ready.
	 * @return the definition; {@code null} as long as the port is not known
	 */
	@Nullable ServiceDefinition definition() {
		// a server that is not Boot's own does not say its port
		int port = (this.settings.port() != null) ? this.settings.port() : this.serverPort;
		if (port <= 0) {
			return null;
		}
		if (this.startTime == 0) {
			this.metricsPath = ActuatorPath.of(this.environment, this.managementPort > 0, this.metrics.path());
			this.startTime = this.time.epochMillis();
		}
		String service = this.environment.getProperty("spring.application.name", "application");
		String address = address();
		String id = (this.settings.instanceId() != null) ? this.settings.instanceId()
				: service + "-" + address.replaceAll("[^A-Za-z0-9.-]", "-") + "-" + port;
		return new ServiceDefinition(id, service, address, port, this.settings.tags(), metadata(),
				check(address, port));
	}

	private ServiceDefinition.Check check(String address, int port) {
		CheckSettings check = this.check;
		boolean ownPort = check.kind() == Kind.HTTP && this.managementPort > 0
				&& (check.port() == null || check.port() == this.managementPort);
		int asked = (check.port() != null) ? check.port() : ownPort ? this.managementPort : port;
		String host = ((address.indexOf(':') >= 0) ? "[" + address + "]" : address) + ":" + asked;
		boolean tls = ownPort ? isManagementSecure() : hasTls("server.ssl");
		Duration forget = check.deregisterCriticalAfter();
		return switch (check.kind()) {
			case TTL -> new ServiceDefinition.Check.Ttl(check.ttl(), forget);
			case HTTP -> new ServiceDefinition.Check.Http((tls ? "https://" : "http://") + host + path(check, ownPort),
					check.interval(), check.timeout(), check.tlsSkipVerify(), forget);
			case GRPC ->
				new ServiceDefinition.Check.Grpc((check.service() != null) ? host + "/" + check.service() : host, tls,
						check.interval(), check.timeout(), check.tlsSkipVerify(), forget);
		};
	}

	private String path(CheckSettings check, boolean ownPort) {
		if (check.path() != null) {
			return check.path();
		}
		String endpoint = this.environment.getProperty("management.endpoints.web.base-path", "/actuator") + "/"
				+ this.environment.getProperty("management.endpoints.web.path-mapping.health", "health") + "/readiness";
		String path = ActuatorPath.of(this.environment, ownPort, endpoint);
		return (path != null) ? path : "/";
	}

	private Map<String, String> metadata() {
		Map<String, String> metadata = new TreeMap<>();
		metadata.put(START_TIME, Long.toString(this.startTime));
		if (this.managementPort > 0) {
			metadata.put(MANAGEMENT_PORT, Integer.toString(this.managementPort));
			if (isManagementSecure()) {
				metadata.put(MANAGEMENT_SECURE, "true");
			}
		}
		String path = this.metricsPath;
		if (path != null) {
			metadata.put(METRICS_PATH, path);
		}
		if (hasTls("server.ssl")) {
			metadata.put(SECURE, "true");
		}
		metadata.putAll(this.settings.metadata());
		return metadata;
	}

	/**
	 * Boot's server of the actuator has the service's TLS until one key of its own is
	 * set.
	 */
	private boolean isManagementSecure() {
		String own = "management.server.ssl";
		boolean isSet = Binder.get(this.environment).bind(own, Bindable.mapOf(String.class, Object.class)).isBound();
		return hasTls(isSet ? own : "server.ssl");
	}

	private boolean hasTls(String prefix) {
		boolean configured = this.environment.containsProperty(prefix + ".bundle")
				|| this.environment.containsProperty(prefix + ".key-store")
				|| this.environment.containsProperty(prefix + ".certificate");
		return configured && this.environment.getProperty(prefix + ".enabled", Boolean.class, true);
	}

	private String address() {
		if (this.settings.address() != null) {
			return this.settings.address();
		}
		String bound = this.environment.getProperty("server.address", "");
		if (!bound.isEmpty() && !WILDCARDS.contains(bound)) {
			return bound;
		}
		return this.environment.getProperty("spring.cloud.client.ip-address", "127.0.0.1");
	}

}
