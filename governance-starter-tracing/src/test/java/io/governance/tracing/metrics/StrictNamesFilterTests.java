// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StrictNamesFilterTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	@BeforeEach
	void setUp() {
		this.registry.config().meterFilter(new StrictNamesFilter());
	}

	@Test
	void whatHasNoDescriptionGetsOne() {
		this.registry.timer("http.server.requests", "uri", "/");
		this.registry.counter("orders");
		assertThat(this.registry.get("http.server.requests").timer().getId().getDescription())
			.isEqualTo("Requests that were received");
		assertThat(this.registry.get("orders").counter().getId().getDescription()).isEqualTo("orders");
	}

	@Test
	void gaugesDoNotEndWithCount() {
		Gauge.builder("system.cpu.count", () -> 2).register(this.registry);
		Gauge.builder("spring.cloud.gateway.routes.count", () -> 3).register(this.registry);
		Counter.builder("calls.count").register(this.registry);
		assertThat(this.registry.get("system.cpus").gauge().value()).isEqualTo(2);
		assertThat(this.registry.get("spring.cloud.gateway.routes").gauge().value()).isEqualTo(3);
		assertThat(this.registry.find("calls.count").counter()).isNotNull();
	}

	@Test
	void tagsOfTheGatewayAreNotWrittenInCamelCase() {
		this.registry.timer("spring.cloud.gateway.requests", "routeId", "a", "httpStatusCode", "200", "status", "OK");
		assertThat(this.registry.find("spring.cloud.gateway.requests")
			.tags("route.id", "a", "http.status.code", "200", "status", "OK")
			.timer()).isNotNull();
	}

	@Test
	void processorTimeIsShownInSeconds() {
		new ProcessorSeconds().bindTo(this.registry);
		new JvmCompilationSeconds().bindTo(this.registry);
		assertThat(this.registry.get("process.cpu.time").functionCounter().getId().getBaseUnit()).isEqualTo("seconds");
		assertThat(this.registry.get("process.cpu.time").functionCounter().count()).isBetween(0.01, 10_000.0);
		assertThat(this.registry.get("jvm.compilation.time").functionCounter().getId().getBaseUnit())
			.isEqualTo("seconds");
	}

}
