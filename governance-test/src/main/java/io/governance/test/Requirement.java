// SPDX-License-Identifier: Apache-2.0

package io.governance.test;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Something outside the JVM that tests need. Where it is missing each test of the class
 * is skipped with the reason; where {@code GOVERNANCE_REQUIRE} (names separated by
 * commas) names it, the class fails instead. Register it as a static extension.
 */
public final class Requirement implements ExecutionCondition, BeforeAllCallback {

	private static final String REQUIRED = "GOVERNANCE_REQUIRE";

	private final String name;

	private final Supplier<Optional<String>> missing;

	private final @Nullable String required;

	/**
	 * A requirement.
	 * @param name the name {@code GOVERNANCE_REQUIRE} knows it by
	 * @param missing looks for it: empty when it is there, else why it is not and how to
	 * get it
	 */
	public Requirement(String name, Supplier<Optional<String>> missing) {
		this(name, missing, System.getenv(REQUIRED));
	}

	Requirement(String name, Supplier<Optional<String>> missing, @Nullable String required) {
		this.name = name;
		this.missing = missing;
		this.required = required;
	}

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		// Method by method: a skipped class would count as one test.
		if (context.getTestMethod().isEmpty()) {
			return ConditionEvaluationResult.enabled("decided per test");
		}
		return this.missing.get()
			.map(ConditionEvaluationResult::disabled)
			.orElseGet(() -> ConditionEvaluationResult.enabled(this.name + " is here"));
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		this.missing.get().filter((why) -> isRequired()).ifPresent((why) -> {
			throw new AssertionError(REQUIRED + " demands " + this.name + ": " + why);
		});
	}

	/**
	 * Whether it is here.
	 * @return {@code true} when tests run
	 */
	public boolean isMet() {
		return this.missing.get().isEmpty();
	}

	private boolean isRequired() {
		return this.required != null
				&& Arrays.stream(this.required.split("[,\\s]+")).anyMatch(this.name::equalsIgnoreCase);
	}

}
