// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.metrics;

import java.util.List;

import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationFilter;
import org.jspecify.annotations.Nullable;

/**
 * Makes the tag {@code uri} of calls to {@code lb://service/path} the path, as it is for
 * {@code http://}: Spring takes scheme and host off those templates only. Acts on spans
 * and on meters, the one of active calls included. Immutable.
 */
public final class ServicePaths implements ObservationFilter, MeterFilter {

	private static final String URI = "uri";

	private static final String SCHEME = "/lb://";

	@Override
	public Observation.Context map(Observation.Context context) {
		KeyValue uri = context.getLowCardinalityKeyValue(URI);
		String path = (uri != null) ? path(uri.getValue()) : null;
		return (path != null) ? context.addLowCardinalityKeyValue(KeyValue.of(URI, path)) : context;
	}

	@Override
	public Meter.Id map(Meter.Id id) {
		String uri = id.getTag(URI);
		String path = (uri != null) ? path(uri) : null;
		return (path != null) ? id.withTags(List.of(Tag.of(URI, path))) : id;
	}

	private static @Nullable String path(String uri) {
		if (!uri.startsWith(SCHEME)) {
			return null;
		}
		int path = uri.indexOf('/', SCHEME.length());
		return (path < 0) ? "/" : uri.substring(path);
	}

}
