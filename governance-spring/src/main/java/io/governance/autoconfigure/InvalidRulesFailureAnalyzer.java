// SPDX-License-Identifier: Apache-2.0

package io.governance.autoconfigure;

import java.util.stream.Collectors;

import io.governance.binding.InvalidRulesException;
import io.governance.binding.RuleFault;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains rules that stop the start.
 */
final class InvalidRulesFailureAnalyzer extends AbstractFailureAnalyzer<InvalidRulesException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidRulesException cause) {
		String faults = cause.faults()
			.stream()
			.map(InvalidRulesFailureAnalyzer::describe)
			.collect(Collectors.joining());
		return new FailureAnalysis("The governance rules are not valid, none of them is in force:\n" + faults,
				"Correct the named properties. A rule is switched off, without deleting it, by 'enforcement: OFF'.",
				cause);
	}

	private static String describe(RuleFault fault) {
		return "\n    Property: " + fault.property() + "\n    Problem:  " + fault.problem() + "\n    Origin:   "
				+ fault.origin() + "\n";
	}

}
