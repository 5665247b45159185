// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.governance.discovery.metrics.DiscoveryMeters;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static io.governance.discovery.SelectionFixture.instance;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the meters of a followed service's list say in each of its states.
 */
class ListMetersTests {

	private static final String SERVICE = "inventory";

	private static final Instance ONE = instance(1, Map.of("version", "1"));

	private static final Instance TWO = instance(2, Map.of("version", "2"));

	private final SelectionFixture fixture = new SelectionFixture();

	private final MeterRegistry meters = new SimpleMeterRegistry();

	ListMetersTests() {
		new DiscoveryMeters(this.fixture.views, List.of()).bindTo(this.meters);
	}

	@Test
	void aListThatNobodyGaveYetIsUnknown() {
		this.fixture.views.viewAsync(SERVICE);
		assertState("unknown");
		assertThat(value("instances")).isZero();
	}

	@Test
	void aListThatTheRegistryConfirmsIsLive() {
		this.fixture.instances(ONE, TWO);
		assertState("live");
		assertThat(value("instances")).isEqualTo(2);
		assertThat(value("age")).isZero();
	}

	@Test
	void aListThatTheRegistryNoLongerConfirmsIsStaleAndGrowsOld() {
		this.fixture.instances(ONE, TWO);
		this.fixture.source.fails(SERVICE);
		this.fixture.time.advance(Duration.ofMillis(2500));
		assertState("stale");
		assertThat(value("instances")).isEqualTo(2);
		assertThat(value("age")).isEqualTo(2.5);
	}

	@Test
	void aListThatLacksSomeAfterAnOutageIsRecoveringUntilItsTimeIsUp() {
		this.fixture.instances(ONE, TWO);
		this.fixture.source.fails(SERVICE);
		this.fixture.source.lists(SERVICE, ONE);
		assertState("recovering");
		assertThat(value("instances")).isEqualTo(2);
		this.fixture.pass(ViewSettings.defaults().recoveryTime());
		assertState("live");
		assertThat(value("instances")).isOne();
	}

	@Test
	void aListOfWhichAllAreUnhealthyIsNamedSo() {
		this.fixture.instances(ONE, TWO);
		this.fixture.source.listsUnhealthy(SERVICE, ONE, TWO);
		assertState("all-unhealthy");
		assertThat(value("instances")).isEqualTo(2);
		this.fixture.source.lists(SERVICE, ONE);
		assertState("live");
	}

	@Test
	void aDestinationWithoutInstancesIsCountedUntilItHasOne() {
		this.fixture.rules("route: {split: {match: {service: inventory}, to: [{subset: {version: \"1\"}, weight: 90}, "
				+ "{subset: {version: \"2\"}, weight: 10}]}}");
		this.fixture.instances(ONE);
		assertThat(value("empty")).isOne();
		this.fixture.source.lists(SERVICE, ONE, TWO);
		assertThat(value("empty")).isZero();
		this.fixture.source.lists(SERVICE);
		assertThat(value("empty")).as("no instance at all is no fault of the rule").isZero();
	}

	private void assertState(String expected) {
		Map<String, Double> states = this.meters.get("governance.discovery.list.state")
			.tag("service", SERVICE)
			.gauges()
			.stream()
			.collect(Collectors.toMap((gauge) -> gauge.getId().getTag("state"), Gauge::value));
		assertThat(states).containsOnlyKeys("unknown", "live", "stale", "recovering", "all-unhealthy");
		assertThat(states)
			.allSatisfy((state, value) -> assertThat(value).as(state).isEqualTo(state.equals(expected) ? 1.0 : 0.0));
	}

	private double value(String meter) {
		return this.meters.get("governance.discovery.list." + meter).tag("service", SERVICE).gauge().value();
	}

}
