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
		return new FailureAnalysis(String.valueOf(cause.getMessage()),
				cause.remedy() + "\nTo start without it, and register as soon as it answers, set "
						+ "governance.discovery.registration.fail-fast to false.",
				cause);
	}

}
