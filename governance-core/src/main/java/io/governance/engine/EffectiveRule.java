// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import io.governance.policy.Direction;
import io.governance.policy.Enforcement;
import io.governance.policy.Stage;
import io.governance.rule.Rule;

/**
 * A rule as it acts in this process.
 *
 * @param type its type
 * @param id its id
 * @param origin where it was written
 * @param revision the rule set it came with
 * @param direction the side it acts on
 * @param stage where in the chain it acts
 * @param declared the enforcement that the rule says itself
 * @param enforcement what it may do, kill switches considered
 * @param state the running state of its policy
 * @param rule the rule itself
 */
public record EffectiveRule(String type, String id, String origin, String revision, Direction direction, Stage stage,
		Enforcement declared, Enforcement enforcement, String state, Rule rule) {
}
