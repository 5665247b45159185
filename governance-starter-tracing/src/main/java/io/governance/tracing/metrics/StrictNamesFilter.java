// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.metrics;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;

/**
 * Puts right what Prometheus' check complains of in meters of others: gives a description
 * to those that have none, as all have that come from observations; takes {@code count},
 * which belongs to histograms, off the end of the names of a few gauges; and writes the
 * gateway's tags as {@code route.id} instead of {@code routeId}. Immutable.
 */
public final class StrictNamesFilter implements MeterFilter {

	private static final String GATEWAY = "spring.cloud.gateway.";

	private static final Pattern CAMEL_HUMP = Pattern.compile("([a-z])([A-Z])");

	/**
	 * A closed list: others have a unit behind their count, or belong to the application.
	 */
	private static final Map<String, String> NAMES = Map.of("system.cpu.count", "system.cpus", "jvm.cpu.count",
			"jvm.cpus", "spring.cloud.gateway.routes.count", "spring.cloud.gateway.routes");

	private static final Map<String, String> DESCRIPTIONS = Map.of("http.server.requests",
			"Requests that were received", "http.server.requests.active", "Requests that are being received",
			"http.client.requests", "Requests that were sent", "http.client.requests.active",
			"Requests that are being sent", "spring.cloud.gateway.requests",
			"Requests that went through a route of the gateway");

	@Override
	public Meter.Id map(Meter.Id id) {
		boolean misnamed = id.getType() == Meter.Type.GAUGE && id.getBaseUnit() == null;
		String name = misnamed ? NAMES.getOrDefault(id.getName(), id.getName()) : id.getName();
		String description = id.getDescription();
		boolean described = description != null && !description.isBlank();
		Tags tags = name.startsWith(GATEWAY) ? inSnakeCase(id) : Tags.of(id.getTagsAsIterable());
		if (described && name.equals(id.getName()) && !name.startsWith(GATEWAY)) {
			return id;
		}
		return new Meter.Id(name, tags, id.getBaseUnit(),
				described ? description : DESCRIPTIONS.getOrDefault(name, name), id.getType());
	}

	private static Tags inSnakeCase(Meter.Id id) {
		return Tags.of(id.getTags()
			.stream()
			.map((tag) -> Tag.of(CAMEL_HUMP.matcher(tag.getKey()).replaceAll("$1.$2").toLowerCase(Locale.ROOT),
					tag.getValue()))
			.toList());
	}

}
