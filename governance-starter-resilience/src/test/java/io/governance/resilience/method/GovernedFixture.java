// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.method;

import io.governance.autoconfigure.GovernanceAutoConfiguration;
import io.governance.autoconfigure.GovernanceTrustAutoConfiguration;
import io.governance.resilience.autoconfigure.GovernanceLocalAutoConfiguration;
import io.governance.resilience.autoconfigure.GovernanceMethodAutoConfiguration;
import io.governance.resilience.autoconfigure.GovernanceOutboundAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/**
 * An application with governed methods and nothing else.
 */
final class GovernedFixture {

	/** One call an hour. */
	static final String[] LIMIT = { "rate-limit.stock.match.service=stock", "rate-limit.stock.match.direction=outbound",
			"rate-limit.stock.limit=1", "rate-limit.stock.per=1h" };

	private GovernedFixture() {
	}

	static ApplicationContextRunner runner(String... rules) {
		String[] properties = new String[rules.length];
		for (int i = 0; i < rules.length; i++) {
			properties[i] = "governance.rules." + rules[i];
		}
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(GovernanceAutoConfiguration.class,
					GovernanceTrustAutoConfiguration.class, GovernanceOutboundAutoConfiguration.class,
					GovernanceLocalAutoConfiguration.class, GovernanceMethodAutoConfiguration.class))
			.withPropertyValues(properties);
	}

}
