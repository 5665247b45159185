// SPDX-License-Identifier: Apache-2.0

package io.governance.selection;

import io.governance.policy.Call;
import org.jspecify.annotations.Nullable;

/**
 * Makes what chooses one of many instances.
 */
public non-sealed interface BalancingPolicy extends SelectionPolicy {

	/**
	 * Makes a picker. Not to be called for each call: it looks at every instance.
	 * @param candidates the instances
	 * @param before the picker of the same instances as they were before, to go on from;
	 * {@code null} for none
	 * @return the picker; the one before where nothing would be different
	 */
	Picker newPicker(Candidates candidates, @Nullable Picker before);

	/**
	 * What keeps calls together on an instance.
	 * @param call the call
	 * @return the key; {@code null} where the algorithm has none, or the call has not
	 */
	@Nullable String keyOf(Call call);

	/**
	 * Whether pickers for these must be made anew though none of them comes or goes, as
	 * weights grow with time.
	 * @param candidates the instances
	 * @return whether to make others within a second
	 */
	boolean changesWithTime(Candidates candidates);

	/**
	 * Whether pickers depend on where the other callers are, which it costs something to
	 * know.
	 * @return whether {@link Locality#callers()} matters
	 */
	default boolean dependsOnCallers() {
		return false;
	}

}
