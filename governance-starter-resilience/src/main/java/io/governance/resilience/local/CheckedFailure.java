// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.local;

/**
 * Carries a checked exception through an executor that knows of clients only. Rules look
 * at causes too.
 */
final class CheckedFailure extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Throwable checked;

	CheckedFailure(Throwable checked) {
		super(checked.toString(), checked, false, false);
		this.checked = checked;
	}

	Throwable checked() {
		return this.checked;
	}

}
