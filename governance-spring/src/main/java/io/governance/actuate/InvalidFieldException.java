// SPDX-License-Identifier: Apache-2.0

package io.governance.actuate;

/**
 * A field of a described call has another form than it must.
 */
final class InvalidFieldException extends RuntimeException {

	private final String field;

	private final String value;

	private final String expected;

	InvalidFieldException(String field, String value, String expected) {
		super(field + ": " + value + " (expected: " + expected + ")");
		this.field = field;
		this.value = value;
		this.expected = expected;
	}

	/**
	 * What whoever described the call is told.
	 */
	Fault fault() {
		return new Fault(this.field, this.value, this.expected);
	}

	/**
	 * What is wrong with a described call.
	 *
	 * @param field the field
	 * @param value what was written
	 * @param expected what may be written
	 */
	record Fault(String field, String value, String expected) {
	}

}
