// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.metrics.istio;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.governance.metrics.GovernanceMeter;
import io.governance.time.TimeSource;
import io.governance.tracing.metrics.CardinalityFilter;
import io.governance.tracing.metrics.CardinalityLimits;
import io.governance.tracing.metrics.istio.IstioRequest.Reporter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.search.RequiredSearch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

import static org.assertj.core.api.Assertions.assertThat;

class IstioMetricsTests {

	private static final Workload TILL = new Workload("till", "shop", "2", "unknown");

	private final MeterRegistry registry = new SimpleMeterRegistry();

	private final AtomicInteger looked = new AtomicInteger();

	private final CardinalityFilter filter = new CardinalityFilter(new CardinalityLimits(10, 40, List.of("istio")));

	@Test
	void peersBeyondTheLimitCostNoRegistrationAndCountOnce() {
		IstioMetrics metrics = metrics(TILL);
		for (int i = 0; i < 1_008; i++) {
			metrics.record(called("peer" + i, 200, "-"), 1, 0, 0);
		}
		assertThat(this.registry.find("istio.requests").counters()).hasSize(9);
		assertThat(requests().tag("destination_workload", "_other").counter().count()).isEqualTo(1_000);
		assertThat(requests().tag("destination_service", "_other").tag("source_workload", "till").counters())
			.hasSize(1);
		assertThat(this.looked).hasValue(9 * 4);
		assertThat(this.registry.get(GovernanceMeter.METRICS_OVERFLOW.meterName())
			.tag("meter", "istio")
			.functionCounter()
			.count()).isEqualTo(1_000);
	}

	@Test
	void failuresOfPeersBeyondTheLimitAreToldApart() {
		IstioMetrics metrics = metrics(TILL);
		for (int i = 0; i < 100; i++) {
			metrics.record(called("peer" + i, 200, "-"), 1, 0, 0);
			metrics.record(new IstioRequest(Reporter.DESTINATION, "caller" + i, "", 200, "-"), 1, 0, 0);
		}
		metrics.record(called("late", 503, "UF"), 1, 0, 0);
		assertThat(requests()
			.tags("reporter", "source", "destination_workload", "_other", "response_code", "503", "response_flags",
					"UF")
			.counter()
			.count()).isEqualTo(1);
		assertThat(
				requests().tags("reporter", "destination", "source_workload", "_other", "destination_workload", "till")
					.counter()
					.count())
			.isEqualTo(92);
	}

	@Test
	void onlyTheRevisionIsLatestWhereNoVersionIsKnown() {
		metrics(new Workload("till", "shop", Workload.UNKNOWN, "unknown")).record(called("stock", 200, "-"), 1, 0, 0);
		assertThat(requests()
			.tags("source_version", "unknown", "source_canonical_revision", "latest", "destination_version", "unknown",
					"destination_canonical_revision", "latest")
			.counter()
			.count()).isEqualTo(1);
	}

	@Test
	void versionAndRevisionAreTheSameWhereOneIsKnown() {
		metrics(TILL).record(called("stock", 200, "-"), 1, 0, 0);
		assertThat(requests().tags("source_version", "2", "source_canonical_revision", "2").counter().count())
			.isEqualTo(1);
	}

	private RequiredSearch requests() {
		return this.registry.get("istio.requests");
	}

	private static IstioRequest called(String peer, int code, String flags) {
		return new IstioRequest(Reporter.SOURCE, peer, peer, code, flags);
	}

	private IstioMetrics metrics(Workload own) {
		this.registry.config().meterFilter(new MeterFilter() {

			@Override
			public Meter.Id map(Meter.Id id) {
				IstioMetricsTests.this.looked.incrementAndGet();
				return id;
			}

		}).meterFilter(this.filter);
		this.filter.bindTo(this.registry);
		this.looked.set(0);
		return new IstioMetrics(this.registry,
				new IstioSettings(new StaticListableBeanFactory().getBeanProvider(MeterRegistry.class), own,
						TimeSource.system(), new IstioBounds(this.filter)));
	}

}
