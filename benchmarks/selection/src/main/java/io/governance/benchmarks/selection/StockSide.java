// SPDX-License-Identifier: Apache-2.0

package io.governance.benchmarks.selection;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.loadbalancer.DefaultRequest;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.RequestData;
import org.springframework.cloud.client.loadbalancer.RequestDataContext;
import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClients;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.util.LinkedMultiValueMap;

/**
 * An application with Spring Cloud LoadBalancer, as its documentation sets it up.
 */
final class StockSide implements AutoCloseable {

	private static final Request<RequestDataContext> REQUEST = new DefaultRequest<>(
			new RequestDataContext(new RequestData(HttpMethod.GET, URI.create("http://inventory/stock/book"),
					new HttpHeaders(), new LinkedMultiValueMap<>(), Map.of()), Fleet.VERSION));

	private final ConfigurableApplicationContext context;

	private final LoadBalancerClient client;

	private StockSide(ConfigurableApplicationContext context) {
		this.context = context;
		this.client = context.getBean(LoadBalancerClient.class);
	}

	/**
	 * Starts an application with a fixed list of instances.
	 */
	static StockSide of(Fleet fleet, Chain chain) {
		SpringApplicationBuilder builder = builder(chain.application, chain.properties());
		builder.initializers(
				(context) -> context.getBeanFactory().registerSingleton("fleet", new FixedClient(fleet.springs())));
		return new StockSide(builder.run());
	}

	/**
	 * Starts an application that asks a Consul.
	 */
	static StockSide onConsul(int port, Chain chain) {
		Map<String, Object> properties = new TreeMap<>(chain.properties());
		properties.put("spring.cloud.consul.enabled", "true");
		properties.put("spring.cloud.consul.host", "127.0.0.1");
		properties.put("spring.cloud.consul.port", port);
		properties.put("spring.cloud.service-registry.auto-registration.enabled", "false");
		properties.put("spring.cloud.consul.discovery.query-passing", "true");
		return new StockSide(builder(chain.application, properties).run());
	}

	private static SpringApplicationBuilder builder(Class<?> application, Map<String, Object> properties) {
		Map<String, Object> all = new TreeMap<>();
		all.put("spring.main.web-application-type", "none");
		all.put("spring.main.banner-mode", "off");
		all.put("spring.cloud.consul.enabled", "false");
		all.put("logging.level.root", "error");
		all.put("spring.application.name", "bench");
		all.put("governance.discovery.enabled", "false");
		all.put("spring.cloud.loadbalancer.zone", Fleet.ZONE);
		all.putAll(properties);
		return new SpringApplicationBuilder(application).properties(all);
	}

	ServiceInstance choose() {
		return this.client.choose(Fleet.SERVICE, REQUEST);
	}

	@Override
	public void close() {
		this.context.close();
	}

	/** Chains of suppliers below its round robin. */
	enum Chain {

		/** A list from the cache: what an application has that configures nothing. */
		DEFAULT("round robin, as it is by default", Plain.class, "default", true),

		/** Its own zone. */
		ZONE("zone preference", Plain.class, "zone-preference", true),

		/** By weight. */
		WEIGHTED("weights", Plain.class, "weighted", true),

		/** What comes nearest to route, zone and slow start: it knows no ejection. */
		FULL("hints, zone preference and weights", Full.class, "default", true),

		/** The same, asking the registry for each call. */
		UNCACHED("the same without its cache", Full.class, "default", false);

		private final String title;

		private final Class<?> application;

		private final String configuration;

		private final boolean cached;

		Chain(String title, Class<?> application, String configuration, boolean cached) {
			this.title = title;
			this.application = application;
			this.configuration = configuration;
			this.cached = cached;
		}

		String title() {
			return this.title;
		}

		private Map<String, Object> properties() {
			return Map.of("spring.cloud.loadbalancer.configurations", this.configuration,
					"spring.cloud.loadbalancer.cache.enabled", this.cached);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Plain {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@LoadBalancerClients(defaultConfiguration = FullChain.class)
	static class Full {

	}

	static class FullChain {

		@Bean
		ServiceInstanceListSupplier suppliers(ConfigurableApplicationContext context) {
			return ServiceInstanceListSupplier.builder()
				.withBlockingDiscoveryClient()
				.withCaching()
				.withHints()
				.withZonePreference()
				.withWeighted()
				.build(context);
		}

	}

	/**
	 * Instances that never change, without the HTTP call that a registry costs.
	 *
	 * @param instances the instances
	 */
	private record FixedClient(List<ServiceInstance> instances) implements DiscoveryClient {

		@Override
		public String description() {
			return "fixed";
		}

		@Override
		public List<ServiceInstance> getInstances(String serviceId) {
			return this.instances;
		}

		@Override
		public List<String> getServices() {
			return List.of(Fleet.SERVICE);
		}

	}

}
