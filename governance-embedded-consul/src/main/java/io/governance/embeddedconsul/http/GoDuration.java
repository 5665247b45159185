// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.http;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as Consul's clients write them: {@code 10s}, {@code 1m30s}, {@code 1.5h}.
 */
final class GoDuration {

	private static final Pattern WHOLE = Pattern.compile("([+-]?)((?:[0-9]{1,15}(?:\\.[0-9]{1,9})?[a-zµ]{1,2})+)");

	private static final Pattern PART = Pattern.compile("([0-9.]+)([a-zµ]+)");

	private static final Map<String, Long> NANOS = Map.of("ns", 1L, "us", 1_000L, "µs", 1_000L, "ms", 1_000_000L, "s",
			1_000_000_000L, "m", 60_000_000_000L, "h", 3_600_000_000_000L);

	private GoDuration() {
	}

	static Optional<Duration> parse(String text) {
		if (text.equals("0")) {
			return Optional.of(Duration.ZERO);
		}
		Matcher whole = WHOLE.matcher(text);
		if (!whole.matches()) {
			return Optional.empty();
		}
		BigDecimal total = BigDecimal.ZERO;
		Matcher part = PART.matcher(whole.group(2));
		while (part.find()) {
			Long unit = NANOS.get(part.group(2));
			if (unit == null) {
				return Optional.empty();
			}
			total = total.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit)));
		}
		if (total.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
			return Optional.empty();
		}
		Duration duration = Duration.ofNanos(total.longValue());
		return Optional.of(whole.group(1).equals("-") ? duration.negated() : duration);
	}

}
