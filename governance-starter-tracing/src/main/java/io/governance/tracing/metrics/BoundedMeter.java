// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import org.jspecify.annotations.Nullable;
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

	/**
	 * What alerts and dashboards tell failures by, of which callers cannot make up many.
	 */
	private static final Set<String> KEPT = Set.of("status", "outcome", "method", "httpMethod", "http.method",
			"httpStatusCode", "http.status.code", "reporter", "response_code", "response_flags");

	private final CardinalityLimits limits;

	private final Map<String, BoundedSet<String>> values = new ConcurrentHashMap<>();

	private final BoundedSet<List<Tag>> series;

	private final BoundedSet<List<Tag>> folded;

	private final AtomicBoolean said = new AtomicBoolean();

	BoundedMeter(CardinalityLimits limits) {
		this.limits = limits;
		this.series = new BoundedSet<>(limits.ownSeries());
		// the last place is for the series whose tags all are folded
		this.folded = new BoundedSet<>(limits.overflowSeries() - 1);
	}

	/**
	 * The meter that is counted instead.
	 * @param overflows counts when a limit was met; {@code null} to count nothing
	 * @return the same one while there is room for it
	 */
	Meter.Id bound(Meter.Id id, @Nullable LongAdder overflows) {
		List<Tag> tags = new ArrayList<>(id.getTags());
		tags.replaceAll(BoundedMeter::standard);
		String full = boundValues(tags);
		if (!this.series.admits(List.copyOf(tags)) && fold(tags)) {
			full = "all";
		}
		if (full != null) {
			sayOnce(id, full);
			if (overflows != null) {
				overflows.increment();
			}
		}
		return tags.equals(id.getTags()) ? id : id.replaceTags(tags);
	}

	private @Nullable String boundValues(List<Tag> tags) {
		String full = null;
		for (int index = 0; index < tags.size(); index++) {
			Tag tag = tags.get(index);
			if (!admits(tag)) {
				full = tag.getKey();
				tags.set(index, other(tag));
			}
		}
		return full;
	}

	/**
	 * Leaves what failures are told by, and what is the same in all series.
	 * @return whether anything changed
	 */
	private boolean fold(List<Tag> tags) {
		List<Tag> before = List.copyOf(tags);
		tags.replaceAll((tag) -> (KEPT.contains(tag.getKey()) || isConstant(tag)) ? tag : other(tag));
		if (!this.folded.admits(List.copyOf(tags))) {
			tags.replaceAll(BoundedMeter::other);
		}
		return !tags.equals(before);
	}

	private boolean isConstant(Tag tag) {
		BoundedSet<String> known = this.values.get(tag.getKey());
		return known != null && known.size() == 1;
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
