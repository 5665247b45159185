// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.governance.policy.Call;
import io.governance.selection.Copy;
import io.governance.selection.CopyPolicy;
import io.governance.selection.Destination;
import io.governance.selection.DestinationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Where a call goes, and where copies of it go: decided once, for all of its attempts.
 *
 * @param destination where the call goes; {@code null} where no enforced rule says
 * @param copies the copies to send, each to be released exactly once
 */
public record CallSelection(@Nullable Destination destination, List<Copy> copies) {

	/** No rule decided. */
	public static final CallSelection NONE = new CallSelection(null, List.of());

	static CallSelection ask(CompiledRule[] rules, Call call) {
		if (rules.length == 0) {
			return NONE;
		}
		Destination destination = null;
		List<Copy> copies = List.of();
		for (CompiledRule rule : rules) {
			try {
				if (rule.selection() instanceof DestinationPolicy policy) {
					destination = choose(rule, policy, call, destination);
				}
				else {
					copies = copy(rule, call, copies);
				}
			}
			catch (RuntimeException ex) {
				rule.counter().failed();
				rule.failures().failed("policy failed, calls go on without it", ex);
			}
		}
		return new CallSelection(destination, copies);
	}

	private static @Nullable Destination choose(CompiledRule rule, DestinationPolicy policy, Call call,
			@Nullable Destination before) {
		Destination chosen = Objects.requireNonNull(policy.choose(call), "destination");
		rule.counter().passed();
		return rule.isShadow() ? before : chosen;
	}

	private static List<Copy> copy(CompiledRule rule, Call call, List<Copy> copies) {
		Copy copy = ((CopyPolicy) rule.selection()).copy(call);
		if (copy == null) {
			return copies;
		}
		rule.counter().passed();
		if (rule.isShadow()) {
			copy.release();
			return copies;
		}
		List<Copy> more = copies.isEmpty() ? new ArrayList<>(1) : copies;
		more.add(copy);
		return more;
	}

}
