// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.governance.match.Match;
import io.governance.match.PathPattern;
import io.governance.observation.LogPolicy;
import io.governance.observation.TracePolicy;
import io.governance.policy.Direction;
import io.governance.policy.Segment;
import io.governance.rule.RuleType;
import io.governance.selection.BalancingPolicy;
import io.governance.selection.CopyPolicy;
import io.governance.selection.Destination;
import io.governance.selection.DestinationPolicy;
import io.governance.selection.EjectionPolicy;

/**
 * A compiled rule set: the immutable snapshot that the engine swaps.
 */
final class CompiledRules {

	private final String revision;

	private final List<CompiledRule> rules;

	private final Map<Segment, RuleIndex> admission = new EnumMap<>(Segment.class);

	private final Map<Direction, RuleIndex> execution = new EnumMap<>(Direction.class);

	private final RuleIndex traces;

	private final CompiledRule[] rootTraces;

	private final List<CompiledRule> logs;

	private final RuleIndex selections;

	private final List<CompiledRule> ofServices;

	CompiledRules(String revision, List<CompiledRule> rules) {
		this.revision = revision;
		this.rules = List.copyOf(rules);
		for (Segment segment : Segment.values()) {
			this.admission.put(segment,
					new RuleIndex(active().stream()
						.filter((rule) -> rule.isAdmission() && rule.stage().segment() == segment)
						.toList()));
		}
		for (Direction direction : Direction.values()) {
			this.execution.put(direction, new RuleIndex(
					active().stream().filter((rule) -> rule.isExecution() && rule.direction() == direction).toList()));
		}
		List<CompiledRule> tracing = active().stream().filter((rule) -> rule.policy() instanceof TracePolicy).toList();
		this.traces = new RuleIndex(tracing);
		this.rootTraces = applying(tracing.stream().filter(CompiledRules::isForAnyCall).sorted(CompiledRule.ORDER));
		this.logs = sorted((rule) -> rule.policy() instanceof LogPolicy);
		this.selections = new RuleIndex(active().stream().filter(CompiledRules::isAskedByCalls).toList());
		this.ofServices = sorted(CompiledRules::isOfServices);
	}

	private List<CompiledRule> sorted(Predicate<CompiledRule> predicate) {
		return active().stream().filter(predicate).sorted(CompiledRule.ORDER).toList();
	}

	private static boolean isOfServices(CompiledRule rule) {
		return rule.policy() instanceof BalancingPolicy || rule.policy() instanceof EjectionPolicy;
	}

	private static boolean isAskedByCalls(CompiledRule rule) {
		return rule.policy() instanceof DestinationPolicy || rule.policy() instanceof CopyPolicy;
	}

	private static boolean isForAnyCall(CompiledRule rule) {
		Match match = rule.rule().match();
		return rule.path().equals(PathPattern.ANY) && match.conditions() == ((match.service() != null) ? 1 : 0);
	}

	/**
	 * Of one type, the shadowed ones and the first enforced one.
	 */
	private static CompiledRule[] applying(Stream<CompiledRule> rules) {
		Set<RuleType<?>> settled = new HashSet<>();
		return rules.filter((rule) -> !settled.contains(rule.definition().type())).peek((rule) -> {
			if (!rule.isShadow()) {
				settled.add(rule.definition().type());
			}
		}).toArray(CompiledRule[]::new);
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

	/**
	 * The rules of the traces that calls begin or join.
	 */
	RuleIndex traces() {
		return this.traces;
	}

	/**
	 * The rules of the traces that no call began.
	 */
	CompiledRule[] rootTraces() {
		return this.rootTraces;
	}

	List<CompiledRule> logs() {
		return this.logs;
	}

	/**
	 * The rules that say where calls go.
	 */
	RuleIndex selections() {
		return this.selections;
	}

	/**
	 * The rules that say how instances of a service are chosen, all calls alike.
	 */
	CompiledRule[] ofService(String service) {
		return applying(this.ofServices.stream().filter((rule) -> isFor(service, rule)));
	}

	/**
	 * Where enforced rules may send calls to a service.
	 */
	List<Destination> destinationsOf(String service) {
		List<Destination> destinations = new ArrayList<>();
		for (CompiledRule rule : active()) {
			if (rule.policy() instanceof DestinationPolicy policy && !rule.isShadow() && isFor(service, rule)) {
				destinations.addAll(policy.destinations());
			}
		}
		return destinations;
	}

	private static boolean isFor(String service, CompiledRule rule) {
		String named = rule.rule().match().service();
		return named == null || named.equals(service);
	}

}
