// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.metrics;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;

/**
 * Puts right what Prometheus' check complains of in meters of others: gives a description
 * to those that have none, as all have that come from observations; takes {@code count}
 * off the end of a gauge's name, which belongs to histograms; writes the gateway's tags
 * as {@code route.id} instead of {@code routeId}; and leaves out the one that
 * {@link ProcessorSeconds} shows in seconds. Immutable.
 */
public final class StrictNamesFilter implements MeterFilter {

	private static final String COUNT = ".count";

	private static final String GATEWAY = "spring.cloud.gateway.";

	private static final Pattern CAMEL_HUMP = Pattern.compile("([a-z])([A-Z])");

	private static final Map<String, String> NAMES = Map.of("system.cpu.count", "system.cpus");

	private static final Map<String, String> DESCRIPTIONS = Map.of("http.server.requests",
			"Requests that were received", "http.server.requests.active", "Requests that are being received",
			"http.client.requests", "Requests that were sent", "http.client.requests.active",
			"Requests that are being sent", "spring.cloud.gateway.requests",
			"Requests that went through a route of the gateway");

	@Override
	public Meter.Id map(Meter.Id id) {
		String name = (id.getType() == Meter.Type.GAUGE && id.getName().endsWith(COUNT))
				? NAMES.getOrDefault(id.getName(), id.getName().substring(0, id.getName().length() - COUNT.length()))
				: id.getName();
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

	@Override
	public MeterFilterReply accept(Meter.Id id) {
		boolean nanos = id.getName().equals(ProcessorSeconds.NAME) && "ns".equals(id.getBaseUnit());
		return nanos ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
	}

}
