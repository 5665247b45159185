// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.metrics;

import java.util.List;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
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
	void someGaugesDoNotEndWithCount() {
		Gauge.builder("system.cpu.count", () -> 2).register(this.registry);
		Gauge.builder("spring.cloud.gateway.routes.count", () -> 3).register(this.registry);
		Counter.builder("calls.count").register(this.registry);
		assertThat(this.registry.get("system.cpus").gauge().value()).isEqualTo(2);
		assertThat(this.registry.get("spring.cloud.gateway.routes").gauge().value()).isEqualTo(3);
		assertThat(this.registry.find("calls.count").counter()).isNotNull();
	}

	@Test
	void otherGaugesKeepTheirNames() {
		Gauge.builder("jvm.buffer.count", () -> 2).baseUnit("buffers").register(this.registry);
		Gauge.builder("orders", () -> 3).register(this.registry);
		Gauge.builder("orders.count", () -> 4).register(this.registry);
		assertThat(this.registry.get("jvm.buffer.count").gauge().value()).isEqualTo(2);
		assertThat(this.registry.get("orders").gauge().value()).isEqualTo(3);
		assertThat(this.registry.get("orders.count").gauge().value()).isEqualTo(4);
	}

	@Test
	void tagsOfTheGatewayAreNotWrittenInCamelCase() {
		this.registry.timer("spring.cloud.gateway.requests", "routeId", "a", "httpStatusCode", "200", "status", "OK");
		assertThat(this.registry.find("spring.cloud.gateway.requests")
			.tags("route.id", "a", "http.status.code", "200", "status", "OK")
			.timer()).isNotNull();
	}

	@Test
	void theProcessorTimeOfOthersIsLeftAlone() {
		new ProcessorMetrics().bindTo(this.registry);
		assertThat(this.registry.get("process.cpu.time").functionCounter().getId().getBaseUnit()).isEqualTo("ns");
	}

	@Test
	void processorTimeIsShownInSecondsByEachRegistryOfAComposite() {
		SimpleMeterRegistry other = new SimpleMeterRegistry();
		new ProcessorSeconds().bindTo(new CompositeMeterRegistry(Clock.SYSTEM, List.of(this.registry, other)));
		assertThat(List.of(this.registry, other))
			.allSatisfy((each) -> assertThat(each.get("process.cpu.time").functionCounter().getId().getBaseUnit())
				.isEqualTo("seconds"));
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
