// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.operations;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.governance.metrics.GovernanceMeter;
import io.micrometer.core.instrument.config.NamingConvention;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;

/**
 * Names of meters and labels as Prometheus has them.
 */
final class MeterNames {

	private static final NamingConvention PROMETHEUS = new PrometheusNamingConvention();

	/**
	 * What others than the suite emit, and queries may use.
	 */
	private static final List<String> FOREIGN = List.of("up", "ALERTS", "scrape_samples_scraped",
			"scrape_duration_seconds", "http_server_requests_seconds_count", "http_server_requests_seconds_sum",
			"http_server_requests_seconds_bucket", "http_client_requests_seconds_count",
			"http_client_requests_seconds_sum");

	private MeterNames() {
	}

	static String of(GovernanceMeter meter) {
		String name = PROMETHEUS.name(meter.meterName(), meter.type(), meter.unit());
		return switch (meter.type()) {
			case COUNTER -> name.endsWith("_total") ? name : name + "_total";
			case TIMER, DISTRIBUTION_SUMMARY -> name + "_count";
			default -> name;
		};
	}

	/**
	 * The label of a tag, after a scrape: Prometheus moves what collides with a label of
	 * the target.
	 */
	static String label(GovernanceMeter.MeterTag tag) {
		String label = PROMETHEUS.tagKey(tag.key());
		return Set.of("service", "instance_id", "version", "zone").contains(label) ? "exported_" + label : label;
	}

	static Set<String> known() {
		Set<String> known = new TreeSet<>(FOREIGN);
		Stream.of(GovernanceMeter.values()).map(MeterNames::of).forEach(known::add);
		return known;
	}

}
