// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import java.util.ArrayList;
import java.util.List;

import io.governance.policy.Enforcement;
import io.governance.selection.BalancingPolicy;
import io.governance.selection.Destination;
import io.governance.selection.EjectionPolicy;
import io.governance.selection.SelectionPolicy;
import org.jspecify.annotations.Nullable;

/**
 * How instances of one service are chosen by the rules in force when it was asked for.
 * Immutable and thread-safe.
 */
public final class ServiceSelection {

	private final CompiledRule[] rules;

	private final CompiledRule[] balancers;

	private final @Nullable Selected<BalancingPolicy> balancing;

	private final List<Selected<EjectionPolicy>> ejections = new ArrayList<>();

	private final List<Destination> destinations;

	ServiceSelection(CompiledRule[] rules, List<Destination> destinations) {
		this.rules = rules;
		this.destinations = List.copyOf(destinations);
		List<CompiledRule> counted = new ArrayList<>();
		Selected<BalancingPolicy> enforced = null;
		for (CompiledRule rule : rules) {
			if (rule.selection() instanceof BalancingPolicy policy) {
				counted.add(rule);
				enforced = rule.isShadow() ? enforced : selected(rule, policy);
			}
			else if (rule.selection() instanceof EjectionPolicy policy) {
				this.ejections.add(selected(rule, policy));
			}
		}
		this.balancing = enforced;
		this.balancers = counted.toArray(CompiledRule[]::new);
	}

	private static <P extends SelectionPolicy> Selected<P> selected(CompiledRule rule, P policy) {
		return new Selected<>(rule.definition().key(), rule.isShadow() ? Enforcement.SHADOW : Enforcement.ENFORCED,
				policy);
	}

	/**
	 * How one of many instances is chosen.
	 * @return the enforced policy; {@code null} where there is none
	 */
	public @Nullable Selected<BalancingPolicy> balancing() {
		return this.balancing;
	}

	/**
	 * What finds out which instances are left out: at most one policy that is enforced,
	 * and those in shadow, whose ejections leave nothing out.
	 * @return the policies
	 */
	public List<Selected<EjectionPolicy>> ejections() {
		return List.copyOf(this.ejections);
	}

	/**
	 * Where calls to the service may be sent.
	 * @return the destinations of all enforced rules that may match
	 */
	public List<Destination> destinations() {
		return this.destinations;
	}

	/**
	 * Counts an instance that was chosen, for the rules that say how.
	 */
	public void countPick() {
		for (CompiledRule rule : this.balancers) {
			rule.counter().passed();
		}
	}

	/**
	 * Says that a policy failed. It is counted, and said from time to time.
	 * @param rule the rule, as {@code type/id}
	 * @param error why
	 */
	public void failed(String rule, RuntimeException error) {
		for (CompiledRule candidate : this.rules) {
			if (candidate.definition().key().equals(rule)) {
				candidate.counter().failed();
				candidate.failures().failed("policy failed, calls go on without it", error);
			}
		}
	}

	/**
	 * A policy with its rule.
	 *
	 * @param rule the rule's name, as {@code type/id}
	 * @param enforcement what it may do
	 * @param policy the policy
	 * @param <P> the kind of policy
	 */
	public record Selected<P extends SelectionPolicy>(String rule, Enforcement enforcement, P policy) {
	}

}
