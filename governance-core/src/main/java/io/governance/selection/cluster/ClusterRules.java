// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.cluster;

import java.util.List;
import java.util.function.BiConsumer;

import io.governance.selection.BalancingPolicy;
import io.governance.selection.Destination;
import io.governance.selection.EjectionPolicy;
import io.governance.selection.SelectionPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The policies that are in force for a service.
 *
 * @param balancing how one of many instances is chosen; in turn where not set
 * @param ejection what leaves instances out; nothing where not set
 * @param shadows what finds out which it would leave out, and leaves none out
 * @param destinations where rules may send calls; a picker for each is made beforehand
 * @param failed is told that a policy failed, which is gone on without; on any thread
 */
public record ClusterRules(@Nullable BalancingPolicy balancing, @Nullable EjectionPolicy ejection,
		List<EjectionPolicy> shadows, List<Destination> destinations,
		BiConsumer<SelectionPolicy, RuntimeException> failed) {

	/** No policy at all. */
	public static final ClusterRules NONE = new ClusterRules(null, null, List.of(), List.of());

	/**
	 * Copies the lists.
	 */
	public ClusterRules {
		shadows = List.copyOf(shadows);
		destinations = List.copyOf(destinations);
	}

	/**
	 * Policies of which none may fail.
	 * @param balancing how one of many instances is chosen
	 * @param ejection what leaves instances out
	 * @param shadows what leaves none out
	 * @param destinations where rules may send calls
	 */
	public ClusterRules(@Nullable BalancingPolicy balancing, @Nullable EjectionPolicy ejection,
			List<EjectionPolicy> shadows, List<Destination> destinations) {
		this(balancing, ejection, shadows, destinations, (policy, error) -> {
			throw error;
		});
	}

}
