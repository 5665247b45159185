// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

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

	private final Map<String, PathTrie> byService = new HashMap<>();

	private final PathTrie anyService;

	RuleIndex(List<CompiledRule> rules) {
		this.rules = rules.stream().sorted(CompiledRule.ORDER).toArray(CompiledRule[]::new);
		this.anyService = trie((service) -> service == null);
		for (CompiledRule rule : this.rules) {
			String named = rule.rule().match().service();
			if (named != null) {
				this.byService.computeIfAbsent(named,
						(name) -> trie((service) -> service == null || service.equals(name)));
			}
		}
	}

	private PathTrie trie(Predicate<@Nullable String> service) {
		PathTrie.Builder builder = PathTrie.builder();
		for (int i = 0; i < this.rules.length; i++) {
			if (service.test(this.rules[i].rule().match().service())) {
				builder.add(this.rules[i].path(), i);
			}
		}
		return builder.build();
	}

	/**
	 * Finds the rules that apply to a call.
	 * @param call the call
	 * @return the rules in order; of a type that does not add up, the shadowed ones and
	 * the first enforced one
	 */
	CompiledRule[] find(Call call) {
		if (this.rules.length == 0) {
			return NOTHING;
		}
		int[] candidates = this.byService.getOrDefault(call.service(), this.anyService).find(call.path());
		CompiledRule[] found = NOTHING;
		int size = 0;
		String settled = null;
		for (int candidate : candidates) {
			CompiledRule rule = this.rules[candidate];
			String type = rule.definition().type().name();
			if (type.equals(settled) || !rule.matcher().matches(call)) {
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

}
