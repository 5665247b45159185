// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.autoconfigure;

/**
 * A value that cannot work and may hold credentials. It is not one of Spring Boot's
 * exceptions for that: the report of those shows the value as the property source has it,
 * and the values that it hides.
 */
final class SecretSettingException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	private final String property;

	private final String expected;

	/**
	 * Creates the exception.
	 * @param property the property's name
	 * @param shown the value as it may be shown
	 * @param expected what would work
	 */
	SecretSettingException(String property, String shown, String expected) {
		super(property + ": " + shown + " (expected: " + expected + ")");
		this.property = property;
		this.expected = expected;
	}

	String property() {
		return this.property;
	}

	String expected() {
		return this.expected;
	}

}
