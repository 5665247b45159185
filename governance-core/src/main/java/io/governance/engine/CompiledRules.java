// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.governance.policy.Direction;
import io.governance.policy.Segment;

/**
 * A compiled rule set: the immutable snapshot that the engine swaps.
 */
final class CompiledRules {

	private final String revision;

	private final List<CompiledRule> rules;

	private final Map<Segment, RuleIndex> admission = new EnumMap<>(Segment.class);

	private final Map<Direction, RuleIndex> execution = new EnumMap<>(Direction.class);

	CompiledRules(String revision, List<CompiledRule> rules) {
		this.revision = revision;
		this.rules = List.copyOf(rules);
		for (Segment segment : Segment.values()) {
			this.admission.put(segment,
					new RuleIndex(active().stream()
						.filter((rule) -> !rule.isExecution() && rule.stage().segment() == segment)
						.toList()));
		}
		for (Direction direction : Direction.values()) {
			this.execution.put(direction, new RuleIndex(
					active().stream().filter((rule) -> rule.isExecution() && rule.direction() == direction).toList()));
		}
	}

	private List<CompiledRule> active() {
		return this.rules.stream().filter((rule) -> !rule.isOff()).toList();
	}

	String revision() {
		return this.revision;
	}

	List<CompiledRule> rules() {
		return this.rules;
	}

	RuleIndex admission(Segment segment) {
		return Objects.requireNonNull(this.admission.get(segment));
	}

	RuleIndex execution(Direction direction) {
		return Objects.requireNonNull(this.execution.get(direction));
	}

}
