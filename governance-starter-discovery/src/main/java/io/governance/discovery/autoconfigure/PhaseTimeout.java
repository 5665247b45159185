// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import java.time.Duration;

import io.governance.discovery.lifecycle.LeaveSettings;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.env.Environment;

/**
 * What the steps of leaving are measured by: the time that Boot gives each phase of a
 * shutdown.
 */
final class PhaseTimeout {

	static final String PROPERTY = "spring.lifecycle.timeout-per-shutdown-phase";

	private static final Log logger = LogFactory.getLog(PhaseTimeout.class);

	private static final String DEFAULT = "30s";

	private final Environment environment;

	private final Duration timeout;

	PhaseTimeout(Environment environment) {
		this.environment = environment;
		this.timeout = DurationStyle.detectAndParse(environment.getProperty(PROPERTY, DEFAULT));
	}

	/**
	 * Refuses what a user set and would outlive a phase; a default that would is cut down
	 * to half of it.
	 * @param settings how to leave
	 * @param isFound whether others can find this instance, so that it matters
	 * @return steps that fit
	 */
	LeaveSettings fit(LeaveSettings settings, boolean isFound) {
		LeaveSettings fitting = new LeaveSettings(fit(".leave-delay", settings.leaveDelay()),
				fit(".late-window", settings.lateWindow()), settings.waitFor());
		if (isFound && !fitting.equals(settings)) {
			logger.info("lifecycle=shortened leave-delay=" + fitting.leaveDelay() + " late-window="
					+ fitting.lateWindow() + " reason=\"" + PROPERTY + " is " + this.timeout + "\"");
		}
		return fitting;
	}

	private Duration fit(String key, Duration value) {
		if (!value.isNegative() && value.compareTo(this.timeout) < 0) {
			return value;
		}
		String property = DiscoveryLifecycleProperties.PREFIX + key;
		if (Binder.get(this.environment).bind(property, String.class).isBound()) {
			throw new InvalidConfigurationPropertyValueException(property, value,
					"expected: not negative, and less than " + PROPERTY + ", which is " + this.timeout);
		}
		return this.timeout.dividedBy(2);
	}

}
