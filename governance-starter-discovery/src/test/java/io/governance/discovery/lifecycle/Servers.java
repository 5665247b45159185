// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.lifecycle;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The servers that an application can run on.
 */
enum Servers {

	TOMCAT(WebApplicationType.SERVLET, "Tomcat", "jetty.autoconfigure.servlet.JettyServlet"),

	JETTY(WebApplicationType.SERVLET, "Jetty", "tomcat.autoconfigure.servlet.TomcatServlet"),

	NETTY(WebApplicationType.REACTIVE, "Netty", "jetty.autoconfigure.reactive.JettyReactive",
			"tomcat.autoconfigure.reactive.TomcatReactive"),

	REACTIVE_TOMCAT(WebApplicationType.REACTIVE, "Tomcat", "jetty.autoconfigure.reactive.JettyReactive",
			"reactor.netty.autoconfigure.NettyReactive");

	private final WebApplicationType type;

	private final String server;

	private final String excluded;

	Servers(WebApplicationType type, String server, String... excluded) {
		this.type = type;
		this.server = server;
		this.excluded = String.join(",",
				Stream.of(excluded)
					.map((name) -> "org.springframework.boot." + name + "WebServerAutoConfiguration")
					.toList());
	}

	ConfigurableApplicationContext run(int consul, String... properties) {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(LeavingApplication.class).web(this.type)
			.run(arguments(consul, properties));
		assertServer(context);
		return context;
	}

	/** What to start it with; also for a process of its own. */
	String[] arguments(int consul, String... properties) {
		List<String> all = new ArrayList<>(List.of("spring.application.name=leaving", "server.port=0",
				"server.address=127.0.0.1", "spring.main.banner-mode=off", "spring.jmx.enabled=false",
				"spring.main.web-application-type=" + this.type.name().toLowerCase(Locale.ROOT),
				"spring.autoconfigure.exclude=" + this.excluded, "governance.discovery.consul.host=127.0.0.1",
				"governance.discovery.consul.port=" + consul, "governance.discovery.consul.ttl=3s",
				"management.endpoints.web.exposure.include=*"));
		all.addAll(List.of(properties));
		return all.stream().map((property) -> "--" + property).toArray(String[]::new);
	}

	private void assertServer(ConfigurableApplicationContext context) {
		String name = ((WebServerApplicationContext) context).getWebServer().getClass().getSimpleName();
		if (!name.startsWith(this.server)) {
			throw new AssertionError("server: " + name + " (expected: " + this.server + ")");
		}
	}

	static int port(ConfigurableApplicationContext context) {
		return ((WebServerApplicationContext) context).getWebServer().getPort();
	}

}
