// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.autoconfigure;

import java.util.List;

import io.governance.tracing.metrics.CardinalityLimits;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Settings of metrics, fixed at start.
 *
 * @param maxTagValues values that one tag of one bounded meter may have; further ones
 * count together as _other, which is one of them
 * @param maxSeries series that one bounded meter may have; a quarter of them is for what
 * comes beyond, which keeps its status, outcome and method, while its other tags are
 * _other
 * @param bounded names of the meters that are bounded, each with all names that begin
 * with it and a dot
 * @param strictNames whether meters of others are put right that Prometheus' own check
 * complains of: times in seconds instead of milliseconds, a description for each
 */
@ConfigurationProperties("governance.tracing.metrics")
public record TracingMetricsProperties(@DefaultValue("100") int maxTagValues, @DefaultValue("1000") int maxSeries,
		@DefaultValue( {
				"http.server.requests", "http.client.requests", "spring.cloud.gateway.requests",
				"istio" }) List<String> bounded,
		@DefaultValue("true") boolean strictNames){

	/**
	 * Checks the limits.
	 */
	public TracingMetricsProperties {
		check("max-tag-values", maxTagValues);
		check("max-series", maxSeries);
		bounded = List.copyOf(bounded);
	}

	CardinalityLimits limits() {
		return new CardinalityLimits(this.maxTagValues, this.maxSeries, this.bounded);
	}

	private static void check(String name, int limit) {
		if (limit < 2) {
			throw new InvalidConfigurationPropertyValueException("governance.tracing.metrics." + name, limit,
					"Expected: 2 or more.");
		}
	}

}
