// SPDX-License-Identifier: Apache-2.0

package io.governance.actuate;

import java.time.Instant;

import io.governance.binding.LiveRules;
import io.governance.binding.RuleFault;
import io.governance.binding.RuleStatus;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Shows refused rules as a detail. Always up: the last good rules work, and taking
 * instances out because of a bad rule would make an outage of a mistake.
 */
public final class RulesHealthIndicator extends AbstractHealthIndicator {

	private final LiveRules rules;

	/**
	 * Creates the indicator.
	 * @param rules knows what was refused
	 */
	public RulesHealthIndicator(LiveRules rules) {
		super("governance rules health check failed");
		this.rules = rules;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		RuleStatus status = this.rules.status();
		builder.up().withDetail("revision", status.revision());
		if (status.isRefused()) {
			builder.withDetail("reason", "newer rules were refused, the last good set stays in force")
				.withDetail("since", Instant.ofEpochMilli(status.refusedSinceMillis()).toString())
				.withDetail("refused", status.faults().stream().map(RuleFault::toString).toList());
		}
	}

}
