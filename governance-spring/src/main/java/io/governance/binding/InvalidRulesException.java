// SPDX-License-Identifier: Apache-2.0

package io.governance.binding;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The rules of local files are not valid: the start stops.
 */
public class InvalidRulesException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient List<RuleFault> faults;

	/**
	 * Creates the exception.
	 * @param faults all that is wrong
	 */
	public InvalidRulesException(List<RuleFault> faults) {
		super(faults.stream().map(RuleFault::toString).collect(Collectors.joining("; ")));
		this.faults = List.copyOf(faults);
	}

	/**
	 * All that is wrong.
	 * @return the faults
	 */
	public List<RuleFault> faults() {
		return this.faults;
	}

}
