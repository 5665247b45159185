// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.governance.engine.PolicyEngine;
import io.governance.lease.LeaseStore;
import io.governance.test.contract.InboundServer;
import io.governance.test.contract.InboundSetup;
import io.governance.test.contract.StreamGate;
import io.governance.time.TimeSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Starts applications on the servers that are on the class path.
 */
public enum InboundServers {

	/** Servlet, Tomcat. */
	TOMCAT(WebApplicationType.SERVLET, "Tomcat", "org.springframework.boot.jetty.autoconfigure.servlet.Jetty"),

	/** Servlet, Jetty. */
	JETTY(WebApplicationType.SERVLET, "Jetty", "org.springframework.boot.tomcat.autoconfigure.servlet.Tomcat"),

	/** Reactive, Reactor Netty. */
	NETTY(WebApplicationType.REACTIVE, "Netty", "org.springframework.boot.tomcat.autoconfigure.reactive.TomcatReactive",
			"org.springframework.boot.jetty.autoconfigure.reactive.JettyReactive");

	private final WebApplicationType type;

	private final String server;

	private final List<String> excluded = new ArrayList<>();

	InboundServers(WebApplicationType type, String server, String... excluded) {
		this.type = type;
		this.server = server;
		for (String name : excluded) {
			this.excluded.add(name + (name.endsWith("Reactive") ? "" : "Servlet") + "WebServerAutoConfiguration");
		}
	}

	/**
	 * Starts an application for a contract.
	 * @param setup what to start it with
	 * @param application its classes
	 * @return the running server
	 */
	public InboundServer start(InboundSetup setup, Class<?>... application) {
		SpringApplication starting = application(setup.properties(), application);
		starting.addInitializers((context) -> {
			GenericApplicationContext registry = (GenericApplicationContext) context;
			registry.registerBean(TimeSource.class, () -> setup.time());
			registry.registerBean(StreamGate.class, () -> setup.gate());
			registry.registerBean(LeaseStore.class, () -> setup.leases());
		});
		ConfigurableApplicationContext context = starting.run();
		return new InboundServer(port(context), context.getBean(PolicyEngine.class), context::close);
	}

	/**
	 * Starts an application as it is.
	 * @param properties its properties
	 * @param application its classes
	 * @return the running application
	 */
	public ConfigurableApplicationContext run(Map<String, String> properties, Class<?>... application) {
		return application(properties, application).run();
	}

	/**
	 * Where an application listens.
	 * @param context the application
	 * @return the port
	 */
	public int port(ConfigurableApplicationContext context) {
		var server = ((WebServerApplicationContext) context).getWebServer();
		if (server == null || !server.getClass().getSimpleName().startsWith(this.server)) {
			throw new AssertionError("server: " + server + " (expected: " + this.server + ")");
		}
		return server.getPort();
	}

	private SpringApplication application(Map<String, String> properties, Class<?>... application) {
		SpringApplication starting = new SpringApplication(application);
		starting.setWebApplicationType(this.type);
		Map<String, Object> all = new HashMap<>(
				Map.of("server.port", "0", "spring.main.banner-mode", "off", "spring.application.name", "contract",
						"logging.level.root", "warn", "spring.autoconfigure.exclude", String.join(",", this.excluded)));
		all.putAll(properties);
		starting.setDefaultProperties(all);
		return starting;
	}

}
