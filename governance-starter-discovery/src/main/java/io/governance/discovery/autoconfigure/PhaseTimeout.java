// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;
import org.springframework.boot.convert.DurationStyle;

/**
 * What the steps of leaving are measured by: the time that Boot gives each phase of a
 * shutdown.
 */
final class PhaseTimeout {

	static final String PROPERTY = "spring.lifecycle.timeout-per-shutdown-phase";

	private static final String DEFAULT = "30s";

	private final Duration timeout;

	PhaseTimeout(Environment environment) {
		this.timeout = DurationStyle.detectAndParse(environment.getProperty(PROPERTY, DEFAULT));
	}

	/**
	 * Refuses what would outlive a phase.
	 */
	void check(String property, Duration value) {
		if (value.isNegative() || value.compareTo(this.timeout) >= 0) {
			throw new InvalidConfigurationPropertyValueException(property, value,
					"expected: not negative, and less than " + PROPERTY + ", which is " + this.timeout);
		}
	}

}
