// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.metrics.istio;

import java.util.List;
import java.util.Map;

import io.governance.time.TimeSource;
import io.governance.tracing.metrics.CardinalityFilter;
import io.governance.tracing.metrics.CardinalityLimits;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

class ReactiveCallsTests {

	private final MeterRegistry registry = new SimpleMeterRegistry();

	@Test
	void aCallThatIsGivenUpIsReportedOnceWithoutAStatus() {
		ObservationRegistry observations = ObservationRegistry.create();
		observations.observationConfig().observationHandler(new ReactiveCalls(settings()));
		WebClient.builder()
			.observationRegistry(observations)
			.exchangeFunction((request) -> Mono.never())
			.build()
			.get()
			.uri("http://stock/items")
			.retrieve()
			.toBodilessEntity()
			.subscribe()
			.dispose();
		assertThat(this.registry.find("istio.requests").counters()).hasSize(1);
		assertThat(this.registry.get("istio.requests")
			.tags("reporter", "source", "destination_workload", "stock", "response_code", "0", "response_flags", "DC")
			.counter()
			.count()).isEqualTo(1);
	}

	private IstioSettings settings() {
		CardinalityFilter filter = new CardinalityFilter(new CardinalityLimits(10, 40, List.of()));
		StaticListableBeanFactory beans = new StaticListableBeanFactory(Map.of("registry", this.registry));
		return new IstioSettings(beans.getBeanProvider(MeterRegistry.class), new Workload("till", "shop", "2", "here"),
				TimeSource.system(), new IstioBounds(filter));
	}

}
