// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

import io.governance.match.PathPattern;
import io.governance.match.PathTrie;
import io.governance.policy.Call;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rules of one chain that match a call, in the chain's order: by service, then
 * by path trie, then by the remaining conditions of the few that are left. Immutable.
 */
final class RuleIndex {

	static final CompiledRule[] NOTHING = new CompiledRule[0];

	private final CompiledRule[] rules;

	private final Map<String, Candidates> byService = new HashMap<>();

	private final Candidates anyService;

	RuleIndex(List<CompiledRule> rules) {
		this.rules = rules.stream().sorted(CompiledRule.ORDER).toArray(CompiledRule[]::new);
		this.anyService = candidates((service) -> service == null);
		for (CompiledRule rule : this.rules) {
			String named = rule.rule().match().service();
			if (named != null) {
				this.byService.computeIfAbsent(named,
						(name) -> candidates((service) -> service == null || service.equals(name)));
			}
		}
	}

	private Candidates candidates(Predicate<@Nullable String> service) {
		PathTrie.Builder paths = PathTrie.builder();
		boolean always = true;
		for (int i = 0; i < this.rules.length; i++) {
			if (service.test(this.rules[i].rule().match().service())) {
				paths.add(this.rules[i].path(), i);
				always = always && this.rules[i].path().equals(PathPattern.ANY)
						&& this.rules[i].matcher().isUnconditional();
			}
		}
		PathTrie built = paths.build();
		return new Candidates(built, always ? applying(built.find("/"), null) : null);
	}

	/**
	 * Finds the rules that apply to a call.
	 * @param call the call
	 * @return the rules in order; of a type that does not add up, the shadowed ones and
	 * the first enforced one; shared, not to be changed
	 */
	CompiledRule[] find(Call call) {
		if (this.rules.length == 0) {
			return NOTHING;
		}
		Candidates candidates = this.byService.getOrDefault(call.service(), this.anyService);
		if (candidates.always != null && !call.isLocal()) {
			return candidates.always;
		}
		return applying(candidates.paths.find(call.path()), call);
	}

	/**
	 * Of some rules those that apply.
	 * @param candidates their numbers
	 * @param call the call; {@code null} where all match any
	 */
	private CompiledRule[] applying(int[] candidates, @Nullable Call call) {
		CompiledRule[] found = NOTHING;
		int size = 0;
		String settled = null;
		for (int candidate : candidates) {
			CompiledRule rule = this.rules[candidate];
			String type = rule.definition().type().name();
			if (type.equals(settled) || (call != null && !rule.matcher().matches(call))) {
				continue;
			}
			if (!rule.definition().type().isAdditive() && !rule.isShadow()) {
				settled = type;
			}
			found = (found.length == 0) ? new CompiledRule[candidates.length] : found;
			found[size++] = rule;
		}
		return (size == found.length) ? found : Arrays.copyOf(Objects.requireNonNull(found), size);
	}

	/**
	 * The rules that a call to a service may match.
	 *
	 * @param paths finds them by path
	 * @param always those that apply, where path and conditions say nothing; {@code null}
	 * where they do
	 */
	private record Candidates(PathTrie paths, CompiledRule @Nullable [] always) {
	}

}
