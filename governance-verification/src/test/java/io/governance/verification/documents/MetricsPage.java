// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.documents;

import java.util.Locale;
import java.util.stream.Collectors;

import io.governance.metrics.GovernanceMeter;
import io.micrometer.core.instrument.config.NamingConvention;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;

/**
 * The page of all meters of the suite.
 */
final class MetricsPage {

	private static final NamingConvention PROMETHEUS = new PrometheusNamingConvention();

	String text() {
		StringBuilder page = new StringBuilder(
				"""
						# Metrics

						The meters of the suite itself, by their names in Prometheus and in Micrometer. This page is generated from
						`io.governance.metrics.GovernanceMeter`.

						| Prometheus | Micrometer | type | tags | meaning | module |
						|---|---|---|---|---|---|
						""");
		for (GovernanceMeter meter : GovernanceMeter.values()) {
			page.append(row(meter));
		}
		page.append("\n## Tags\n\n| meter | tag | values |\n|---|---|---|\n");
		for (GovernanceMeter meter : GovernanceMeter.values()) {
			meter.tags()
				.forEach((tag) -> page.append("| `")
					.append(prometheusName(meter))
					.append("` | `")
					.append(PROMETHEUS.tagKey(tag.key()))
					.append("` | ")
					.append(tag.values())
					.append(" |\n"));
		}
		return page.toString();
	}

	private static String row(GovernanceMeter meter) {
		String tags = meter.tags()
			.stream()
			.map((tag) -> "`" + PROMETHEUS.tagKey(tag.key()) + "`")
			.collect(Collectors.joining(", "));
		return "| `" + prometheusName(meter) + "` | `" + meter.meterName() + "` | "
				+ meter.type().name().toLowerCase(Locale.ROOT) + " | " + tags + " | " + meter.description() + ". | "
				+ meter.module() + " |\n";
	}

	private static String prometheusName(GovernanceMeter meter) {
		String name = PROMETHEUS.name(meter.meterName(), meter.type(), meter.unit());
		return switch (meter.type()) {
			// the client library adds the suffix when it writes
			case COUNTER -> name.endsWith("_total") ? name : name + "_total";
			case TIMER, DISTRIBUTION_SUMMARY -> name + "_count`, `" + name + "_sum`, `" + name + "_bucket";
			default -> name;
		};
	}

}
