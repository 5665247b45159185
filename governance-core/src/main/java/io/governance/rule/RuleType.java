// SPDX-License-Identifier: Apache-2.0

package io.governance.rule;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.governance.bean.BeanReference;
import io.governance.policy.Direction;
import io.governance.policy.Stage;
import io.governance.schema.Violation;

/**
 * A kind of rule, declared in one class and found by the service loader or as a bean.
 * Parsing, validation, enforcement, listing and meters derive from it. Stateless and
 * thread-safe.
 *
 * @param <R> the rule record
 */
public sealed interface RuleType<R extends Rule>
		permits AdmissionRuleType, ExecutionRuleType, ObservationRuleType, SelectionRuleType {

	/**
	 * The name under which rules of this type are written.
	 * @return lower case with dashes, such as {@code rate-limit}
	 */
	String name();

	/**
	 * The rule record.
	 * @return its class
	 */
	Class<R> ruleClass();

	/**
	 * The sides on which rules of this type make sense; the first one is the default.
	 * @return the directions, not empty
	 */
	List<Direction> directions();

	/**
	 * Where in the chain a rule acts.
	 * @param rule the rule
	 * @param direction the side it acts on
	 * @return the stage
	 */
	Stage stage(R rule, Direction direction);

	/**
	 * Whether all matching rules apply, or just the most specific one.
	 * @return {@code true} when they add up; {@code false} by default
	 */
	default boolean isAdditive() {
		return false;
	}

	/**
	 * Checks a rule, its match left out.
	 * @param rule the rule
	 * @return what is wrong; empty when valid
	 */
	List<Violation> validate(R rule);

	/**
	 * The beans of the application that a rule names. A process that enforces rules
	 * refuses one whose beans it does not have.
	 * @param rule the rule
	 * @return the beans; none by default
	 */
	default List<BeanReference> beans(R rule) {
		return List.of();
	}

	/**
	 * The rules that hold where the user wrote none: ordinary rules of the least
	 * precedence.
	 * @return rules by id; none by default
	 */
	default Map<String, R> defaults() {
		return Map.of();
	}

	/**
	 * What this type's policies count beyond the usual: names for the {@code decision}
	 * tag of their meters.
	 * @return the names; none by default
	 */
	default Set<String> events() {
		return Set.of();
	}

}
