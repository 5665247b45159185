// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.route;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.governance.test.ManualTimeSource;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.gateway.route.RouteDefinition;

import static org.assertj.core.api.Assertions.assertThat;

class ExposedServicesTests {

	private final Registry registry = new Registry();

	private final ManualTimeSource time = new ManualTimeSource();

	private final AtomicInteger changes = new AtomicInteger();

	private final ExposedServices exposed = new ExposedServices(this.registry,
			new ExposedServices.RouteLifetime(Duration.ofSeconds(2), Duration.ofMinutes(10)), this.time,
			this.changes::incrementAndGet);

	@Test
	void servicesThatAskForARouteAreExposed() {
		this.registry.put("orders", "true");
		this.registry.put("payments", "false");
		this.exposed.poll();
		this.exposed.poll();
		assertThat(this.exposed.services()).containsExactly("orders");
		assertThat(this.changes).hasValue(1);
	}

	@Test
	void aServiceThatNoLongerAsksIsHiddenAtOnce() {
		this.registry.put("orders", "true");
		this.exposed.poll();
		this.registry.put("orders", "false");
		this.exposed.poll();
		assertThat(this.exposed.services()).isEmpty();
	}

	@Test
	void aServiceWithoutInstancesStaysForAWhile() {
		this.registry.put("orders", "true");
		this.exposed.poll();
		this.registry.instances.clear();
		this.time.advance(Duration.ofMinutes(9));
		this.exposed.poll();
		assertThat(this.exposed.services()).containsExactly("orders");
		this.time.advance(Duration.ofMinutes(1));
		this.exposed.poll();
		assertThat(this.exposed.services()).isEmpty();
	}

	@Test
	void aRegistryThatIsAwayChangesNothing() {
		this.registry.put("orders", "true");
		this.exposed.poll();
		this.registry.away = true;
		this.time.advance(Duration.ofHours(1));
		this.exposed.poll();
		assertThat(this.exposed.services()).containsExactly("orders");
		this.registry.away = false;
		this.exposed.poll();
		assertThat(this.exposed.services()).containsExactly("orders");
		assertThat(this.changes).hasValue(1);
	}

	@Test
	void oneServiceThatFailsChangesNothingForItselfAndOthers() {
		this.registry.put("orders", "true");
		this.exposed.poll();
		this.registry.failing = "orders";
		this.registry.put("inventory", "true");
		this.time.advance(Duration.ofHours(1));
		this.exposed.poll();
		assertThat(this.exposed.services()).containsExactlyInAnyOrder("orders", "inventory");
		this.registry.failing = "inventory";
		this.registry.put("orders", "false");
		this.exposed.poll();
		assertThat(this.exposed.services()).containsExactly("inventory");
	}

	@Test
	void namesThatAreNoHostsGetNoRoute() {
		this.registry.put("my service", "true");
		this.registry.put("under_score", "true");
		this.registry.put("a/**", "true");
		this.registry.put("{all}", "true");
		this.exposed.poll();
		assertThat(this.exposed.services()).isEmpty();
	}

	@Test
	void aRouteTakesTheNameOffThePathAndComesLate() {
		this.registry.put("orders", "true");
		this.exposed.poll();
		List<RouteDefinition> routes = new ArrayList<>();
		new RegistryRoutes(this.exposed).getRouteDefinitions().subscribe(routes::add);
		assertThat(routes).singleElement().satisfies((route) -> {
			assertThat(route.getId()).isEqualTo("registry-orders");
			assertThat(route.getUri()).hasToString("lb://orders");
			assertThat(route.getOrder()).isEqualTo(10_000);
			assertThat(route.getPredicates().get(0).getArgs()).containsValue("/orders/**");
		});
	}

	private static final class Registry implements DiscoveryClient {

		private final Map<String, List<ServiceInstance>> instances = new HashMap<>();

		private boolean away;

		private String failing = "";

		void put(String service, String expose) {
			this.instances.put(service, List.of(new DefaultServiceInstance(service + "-1", service, "127.0.0.1", 8081,
					false, Map.of(ExposedServices.EXPOSE, expose))));
		}

		@Override
		public String description() {
			return "test";
		}

		@Override
		public List<ServiceInstance> getInstances(String service) {
			if (service.equals(this.failing)) {
				throw new IllegalStateException(service + " failed");
			}
			return this.instances.getOrDefault(service, List.of());
		}

		@Override
		public List<String> getServices() {
			if (this.away) {
				throw new IllegalStateException("away");
			}
			return List.copyOf(this.instances.keySet());
		}

	}

}
