// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one meter has been admitted so far. Thread-safe.
 */
final class BoundedMeter {

	private static final Logger logger = LoggerFactory.getLogger(BoundedMeter.class);

	private static final Set<String> METHOD_TAGS = Set.of("method", "httpMethod", "http.method");

	/** RFC 9110 and RFC 5789, and what conventions say where there is none. */
	private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS",
			"TRACE", "CONNECT", "UNKNOWN", "none");

	private final CardinalityLimits limits;

	private final Map<String, BoundedSet<String>> values = new ConcurrentHashMap<>();

	private final BoundedSet<List<Tag>> series;

	private final AtomicBoolean said = new AtomicBoolean();

	BoundedMeter(CardinalityLimits limits) {
		this.limits = limits;
		// one place is for what overflows
		this.series = new BoundedSet<>(limits.maxSeries() - 1);
	}

	/**
	 * The meter that is counted instead.
	 * @return the same one while there is room for it
	 */
	Meter.Id bound(Meter.Id id) {
		List<Tag> tags = id.getTags();
		List<Tag> bounded = new ArrayList<>(tags.size());
		String full = null;
		for (Tag each : tags) {
			Tag tag = standard(each);
			boolean admitted = admits(tag);
			full = admitted ? full : tag.getKey();
			bounded.add(admitted ? tag : other(tag));
		}
		if (!this.series.admits(bounded)) {
			full = "all";
			bounded.replaceAll(BoundedMeter::other);
		}
		if (full != null) {
			sayOnce(id, full);
		}
		return bounded.equals(tags) ? id : id.replaceTags(bounded);
	}

	private static Tag standard(Tag tag) {
		boolean strange = METHOD_TAGS.contains(tag.getKey()) && !METHODS.contains(tag.getValue());
		return strange ? other(tag) : tag;
	}

	private boolean admits(Tag tag) {
		// one place is for what overflows; that itself needs none
		return tag.getValue().equals(CardinalityFilter.OTHER)
				|| this.values.computeIfAbsent(tag.getKey(), (key) -> new BoundedSet<>(this.limits.maxTagValues() - 1))
					.admits(tag.getValue());
	}

	private void sayOnce(Meter.Id id, String tag) {
		if (!this.said.get() && this.said.compareAndSet(false, true)) {
			logger
				.warn("metrics overflow: meter={} tag={} maxTagValues={} maxSeries={} effect=\"further values count as {}\" "
						+ "action=\"write URI templates instead of ready-made URIs, or raise governance.tracing.metrics.max-tag-values or max-series\"",
						id.getName(), tag, this.limits.maxTagValues(), this.limits.maxSeries(),
						CardinalityFilter.OTHER);
		}
	}

	private static Tag other(Tag tag) {
		return Tag.of(tag.getKey(), CardinalityFilter.OTHER);
	}

}
