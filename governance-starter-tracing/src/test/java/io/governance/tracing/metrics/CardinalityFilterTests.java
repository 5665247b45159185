// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.metrics;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import io.governance.metrics.GovernanceMeter;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@ExtendWith(OutputCaptureExtension.class)
class CardinalityFilterTests {

	private final MeterRegistry registry = new SimpleMeterRegistry();

	@BeforeEach
	void setUp() {
		CardinalityFilter filter = new CardinalityFilter(new CardinalityLimits(10, 20, List.of("http", "calls")));
		this.registry.config().meterFilter(filter);
		filter.bindTo(this.registry);
	}

	@Test
	void valuesBeyondTheLimitCountTogether() {
		IntStream.range(0, 100_000)
			.parallel()
			.forEach((i) -> this.registry.counter("http.requests", "uri", "/" + i).increment());
		assertThat(values("http.requests", "uri")).hasSize(10).contains(CardinalityFilter.OTHER);
		assertThat(sum("http.requests")).isEqualTo(100_000);
		assertThat(overflows("http")).isEqualTo(100_000 - 9);
	}

	@Test
	void seriesBeyondTheLimitCountTogether() {
		for (int i = 0; i < 9; i++) {
			for (int j = 0; j < 9; j++) {
				this.registry.counter("calls", "from", "a" + i, "to", "b" + j).increment();
			}
		}
		assertThat(this.registry.find("calls").counters()).hasSize(16);
		assertThat(sum("calls")).isEqualTo(81);
		assertThat(this.registry.get("calls")
			.tags("from", CardinalityFilter.OTHER, "to", CardinalityFilter.OTHER)
			.counter()
			.count()).isEqualTo(81 - 15);
	}

	@Test
	void whatWasThereBeforeTheLimitCountsOnByItself() {
		for (int i = 0; i < 1000; i++) {
			this.registry.counter("http.requests", "uri", "/first").increment();
			this.registry.counter("http.requests", "uri", "/" + i).increment();
		}
		assertThat(this.registry.get("http.requests").tag("uri", "/first").counter().count()).isEqualTo(1000);
	}

	@Test
	void methodsThatAreNoneCountTogetherAtOnce() {
		for (String method : List.of("GET", "PATCH", "get", "BREW", "PROPFIND")) {
			this.registry.timer("http.requests", "method", method);
			this.registry.timer("http.gateway", "httpMethod", method);
		}
		assertThat(values("http.requests", "method")).containsExactlyInAnyOrder("GET", "PATCH",
				CardinalityFilter.OTHER);
		assertThat(values("http.gateway", "httpMethod")).containsExactlyInAnyOrder("GET", "PATCH",
				CardinalityFilter.OTHER);
	}

	@Test
	void methodsThatAreNoneAreNoOverflow() {
		this.registry.timer("http", "method", "BREW");
		this.registry.timer("http", "method", "PROPFIND");
		assertThat(overflows("http")).isZero();
	}

	@Test
	void failuresAreToldApartBeyondTheLimitOfSeries() {
		for (int i = 0; i < 9; i++) {
			for (int j = 0; j < 9; j++) {
				this.registry
					.counter("http.requests", "app", "till", "uri", "/" + i, "peer", "p" + j, "method", "GET", "status",
							"200", "outcome", "SUCCESS")
					.increment();
			}
		}
		this.registry
			.counter("http.requests", "app", "till", "uri", "/1", "peer", "p1", "method", "POST", "status", "503",
					"outcome", "SERVER_ERROR")
			.increment();
		assertThat(this.registry.get("http.requests")
			.tags("app", "till", "uri", CardinalityFilter.OTHER, "peer", CardinalityFilter.OTHER, "method", "POST",
					"status", "503", "outcome", "SERVER_ERROR")
			.counter()
			.count()).isEqualTo(1);
		assertThat(this.registry.get("http.requests")
			.tags("uri", CardinalityFilter.OTHER, "status", "200")
			.counter()
			.count()).isEqualTo(81 - 15);
		assertThat(overflows("http")).isEqualTo(81 - 15 + 1);
	}

	@Test
	void seriesOfFailuresAreBoundedToo() {
		for (int i = 0; i < 9; i++) {
			for (int j = 0; j < 9; j++) {
				this.registry.counter("http.requests", "uri", "/" + i, "status", "50" + j).increment();
			}
		}
		assertThat(this.registry.find("http.requests").counters()).hasSize(20);
		assertThat(sum("http.requests")).isEqualTo(81);
	}

	@Test
	void anObservationThatOverflowsCountsOnce() {
		for (int i = 0; i < 109; i++) {
			this.registry.more().longTaskTimer("http.active", "uri", "/" + i).start().stop();
			this.registry.timer("http", "uri", "/" + i).record(Duration.ZERO);
		}
		assertThat(overflows("http")).isEqualTo(100);
	}

	@Test
	void aCompositeKeepsNoMoreThanItsRegistriesAndOverflowCountsOnce() {
		CardinalityFilter filter = new CardinalityFilter(new CardinalityLimits(10, 20, List.of("http")));
		MeterRegistry first = new SimpleMeterRegistry();
		MeterRegistry second = new SimpleMeterRegistry();
		List.of(first, second).forEach((each) -> each.config().commonTags("app", "till").meterFilter(filter));
		CompositeMeterRegistry composite = new CompositeMeterRegistry(Clock.SYSTEM, List.of(first, second));
		composite.config().meterFilter(filter.inFront());
		filter.bindTo(composite);
		for (int i = 0; i < 1009; i++) {
			composite.counter("http.requests", "uri", "/" + i).increment();
		}
		assertThat(List.of(composite, first, second)).allSatisfy((each) -> {
			assertThat(each.find("http.requests").counters()).hasSize(10);
			assertThat(each.get("http.requests").tag("uri", CardinalityFilter.OTHER).counter().count()).isEqualTo(1000);
			assertThat(each.get(GovernanceMeter.METRICS_OVERFLOW.meterName()).functionCounter().count())
				.isEqualTo(1000);
		});
	}

	@Test
	void otherMetersAreLeftAlone() {
		for (int i = 0; i < 100; i++) {
			this.registry.counter("https.requests", "uri", "/" + i);
			this.registry.counter("orders", "customer", "c" + i);
		}
		assertThat(this.registry.find("https.requests").counters()).hasSize(100);
		assertThat(this.registry.find("orders").counters()).hasSize(100);
	}

	@Test
	void eachMeterThatOverflowsIsSaidOnce(CapturedOutput output) {
		for (int i = 0; i < 1000; i++) {
			this.registry.counter("http.requests", "uri", "/" + i);
			this.registry.counter("http.calls", "client.name", "host" + i);
		}
		assertThat(output.toString().lines().filter((line) -> line.contains("metrics overflow"))).hasSize(2)
			.anyMatch((line) -> line.contains("meter=http.requests tag=uri"))
			.anyMatch((line) -> line.contains("meter=http.calls tag=client.name"));
	}

	@Test
	void limitsThatMakeNoSenseAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new CardinalityLimits(1, 10, List.of()))
			.withMessageContaining("expected: 2 or more");
	}

	private List<String> values(String name, String tag) {
		return this.registry.find(name)
			.meters()
			.stream()
			.map(Meter::getId)
			.flatMap((id) -> id.getTags().stream())
			.filter((found) -> found.getKey().equals(tag))
			.map(Tag::getValue)
			.distinct()
			.toList();
	}

	private double sum(String name) {
		return this.registry.find(name).counters().stream().mapToDouble((counter) -> counter.count()).sum();
	}

	private double overflows(String name) {
		return this.registry.get(GovernanceMeter.METRICS_OVERFLOW.meterName())
			.tag("meter", name)
			.functionCounter()
			.count();
	}

}
