// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import io.governance.discovery.registration.RegistrationFailedException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says what to do when a start ended because {@code fail-fast} wants a registration.
 */
final class RegistrationFailureAnalyzer extends AbstractFailureAnalyzer<RegistrationFailedException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, RegistrationFailedException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()), "Start the Consul agent at " + cause.registry()
				+ ", or correct governance.discovery.consul.host, .port, .scheme and .token or .token-file"
				+ " (expected: an agent that accepts this service).\nTo start without it, and register as soon as it"
				+ " answers, set governance.discovery.registration.fail-fast to false.", cause);
	}

}
