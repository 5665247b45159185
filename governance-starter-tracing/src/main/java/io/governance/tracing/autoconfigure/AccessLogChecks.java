// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.autoconfigure;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Checks the settings of the access log.
 */
final class AccessLogChecks {

	private static final String PREFIX = "governance.tracing.access-log.";

	private static final int SHORTEST_LINE = 1_024;

	private static final int LARGEST_QUEUE = 1_000_000;

	private AccessLogChecks() {
	}

	static void check(TracingAccessLogProperties properties) {
		check(properties.sample() >= 0 && properties.sample() <= 1, "sample", properties.sample(), "0 to 1");
		check(properties.queueSize() >= 1 && properties.queueSize() <= LARGEST_QUEUE, "queue-size",
				properties.queueSize(), "1 to 1000000");
		check(properties.maxLength() >= SHORTEST_LINE, "max-length", properties.maxLength(), "1024 or more");
		check(!properties.flushTimeout().isNegative(), "flush-timeout", properties.flushTimeout(), "not negative");
		for (String pattern : properties.exclude()) {
			check(pattern.startsWith("/"), "exclude", pattern, "path patterns that begin with /");
		}
	}

	private static void check(boolean valid, String name, Object value, String expected) {
		if (!valid) {
			throw new InvalidConfigurationPropertyValueException(PREFIX + name, value, "Expected: " + expected + ".");
		}
	}

}
