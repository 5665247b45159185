// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.method;

import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;

/**
 * Reads what a rule spells out as what a method returns. Thread-safe.
 */
@FunctionalInterface
public interface AnswerReader {

	/** Reads nothing. */
	AnswerReader NONE = (json, type) -> {
		throw new IllegalArgumentException("JSON for " + type.getTypeName() + " (expected: Jackson on the class path)");
	};

	/**
	 * Reads JSON.
	 * @param json the text, in UTF-8
	 * @param type what the method returns
	 * @return the value; {@code null} for nothing
	 * @throws RuntimeException if that is no such value
	 */
	@Nullable Object read(byte[] json, Type type);

}
