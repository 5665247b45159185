// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.structure;

import java.util.List;
import java.util.function.Function;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/**
 * Conditions made from plain functions.
 */
final class Conditions {

	private Conditions() {
	}

	/**
	 * Holds where the function finds nothing wrong.
	 * @param description the condition, in words
	 * @param faults gives what is wrong with a class, one sentence each
	 * @return the condition
	 */
	static ArchCondition<JavaClass> condition(String description, Function<JavaClass, List<String>> faults) {
		return new ArchCondition<>(description) {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				faults.apply(type).forEach((fault) -> events.add(SimpleConditionEvent.violated(type, fault)));
			}

		};
	}

}
