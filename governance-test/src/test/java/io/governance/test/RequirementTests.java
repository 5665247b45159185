// SPDX-License-Identifier: Apache-2.0

package io.governance.test;

import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

class RequirementTests {

	private final ExtensionContext ofClass = mock(ExtensionContext.class);

	private final ExtensionContext ofMethod = mock(ExtensionContext.class);

	RequirementTests() throws NoSuchMethodException {
		given(this.ofClass.getTestMethod()).willReturn(Optional.empty());
		given(this.ofMethod.getTestMethod()).willReturn(Optional.of(Object.class.getMethod("toString")));
	}

	@Test
	void whatIsMissingSkipsEachTestWithTheReason() {
		Requirement missing = new Requirement("consul", () -> Optional.of("not installed"), null);
		assertThat(missing.evaluateExecutionCondition(this.ofClass).isDisabled()).isFalse();
		ConditionEvaluationResult result = missing.evaluateExecutionCondition(this.ofMethod);
		assertThat(result.isDisabled()).isTrue();
		assertThat(result.getReason()).contains("not installed");
		assertThatCode(() -> missing.beforeAll(this.ofClass)).doesNotThrowAnyException();
		assertThat(missing.isMet()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "consul", "docker,consul", "docker, consul", "docker consul", "CONSUL" })
	void whatIsMissingFailsWhereItIsDemanded(String required) {
		Requirement missing = new Requirement("consul", () -> Optional.of("not installed"), required);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> missing.beforeAll(this.ofClass))
			.withMessage("GOVERNANCE_REQUIRE demands consul: not installed");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "docker", "consul-cluster" })
	void otherDemandsDoNotConcernIt(String required) {
		Requirement missing = new Requirement("consul", () -> Optional.of("not installed"), required);
		assertThatCode(() -> missing.beforeAll(this.ofClass)).doesNotThrowAnyException();
	}

	@Test
	void whatIsHereRuns() {
		Requirement met = new Requirement("consul", Optional::empty, "consul");
		assertThat(met.evaluateExecutionCondition(this.ofMethod).isDisabled()).isFalse();
		assertThatCode(() -> met.beforeAll(this.ofClass)).doesNotThrowAnyException();
		assertThat(met.isMet()).isTrue();
	}

}
