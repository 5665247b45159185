// SPDX-License-Identifier: Apache-2.0

package io.governance.config.startup;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.cloud.config.client.ConfigClientFailFastException;

/**
 * Explains a start that stops because a config server that is not optional is away.
 */
final class ConfigServerAwayFailureAnalyzer extends AbstractFailureAnalyzer<ConfigClientFailFastException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ConfigClientFailFastException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()),
				"""
						Start the config server, or let the service start without it:
						write 'optional:configserver:' in spring.config.import and leave spring.cloud.config.fail-fast unset.""",
				cause);
	}

}
