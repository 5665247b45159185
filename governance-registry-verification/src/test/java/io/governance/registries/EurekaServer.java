// SPDX-License-Identifier: Apache-2.0

package io.governance.registries;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.netflix.eureka.server.EnableEurekaServer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.util.TestSocketUtils;

/**
 * Netflix's real Eureka server inside this JVM, on a port of the loopback address that it
 * keeps. It keeps nothing over a restart.
 */
final class EurekaServer implements AutoCloseable {

	private ConfigurableApplicationContext server;

	private final int port;

	private EurekaServer() {
		this.port = TestSocketUtils.findAvailableTcpPort();
		this.server = run(this.port);
	}

	static EurekaServer start() {
		return new EurekaServer();
	}

	String url() {
		return "http://127.0.0.1:" + this.port + "/eureka/";
	}

	void kill() {
		this.server.close();
	}

	void restart() {
		this.server = run(this.port);
	}

	@Override
	public void close() {
		this.server.close();
	}

	private static ConfigurableApplicationContext run(int port) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.SERVLET)
			.properties("spring.main.banner-mode=off", "spring.jmx.enabled=false", "server.port=" + port,
					"server.address=127.0.0.1", "spring.application.name=eureka",
					"spring.cloud.zookeeper.enabled=false", "spring.main.cloud-platform=none",
					"spring.cloud.config.enabled=false", "governance.discovery.enabled=false",
					"eureka.client.register-with-eureka=false", "eureka.client.fetch-registry=false",
					"eureka.client.service-url.defaultZone=http://127.0.0.1:" + port + "/eureka/",
					"eureka.instance.hostname=127.0.0.1", "eureka.server.enable-self-preservation=false",
					"eureka.server.eviction-interval-timer-in-ms=1000",
					"eureka.server.use-read-only-response-cache=false",
					"eureka.server.wait-time-in-ms-when-sync-empty=0")
			.run();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableEurekaServer
	static class Application {

	}

}
