// SPDX-License-Identifier: Apache-2.0

package io.governance.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import io.governance.policy.Call;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a {@link Match} other than service, direction and path, which an
 * index decides. Compiled once, thread-safe.
 */
public final class CallMatcher {

	private final @Nullable Set<String> methods;

	private final @Nullable Set<String> hosts;

	private final Named[] headers;

	private final Named[] query;

	private final Named[] labels;

	private final StringMatch.@Nullable Test caller;

	private final boolean unconditional;

	private final boolean named;

	/**
	 * Compiles a match that was validated.
	 * @param match the match
	 */
	public CallMatcher(Match match) {
		this.methods = match.methods().isEmpty() ? null : Set.copyOf(match.methods());
		this.hosts = match.hosts().isEmpty() ? null : Set.copyOf(match.hosts());
		this.headers = compile(match.headers());
		this.query = compile(match.query());
		this.labels = compile(match.labels());
		this.caller = (match.caller() != null) ? match.caller().compile() : null;
		this.named = match.service() != null;
		this.unconditional = this.methods == null && this.hosts == null && this.caller == null
				&& this.headers.length + this.query.length + this.labels.length == 0;
	}

	private static Named[] compile(Map<String, StringMatch> conditions) {
		List<Named> compiled = new ArrayList<>(conditions.size());
		conditions.forEach((name, match) -> compiled.add(new Named(name, match.compile())));
		return compiled.toArray(Named[]::new);
	}

	/**
	 * Whether the conditions hold.
	 * @param call the call
	 * @return whether all of them do
	 */
	public boolean matches(Call call) {
		return (this.named || !call.isLocal()) && (this.unconditional || (matchesTarget(call) && matchesNamed(call)));
	}

	/**
	 * Whether there are no conditions: what is no local call matches.
	 * @return whether it matches all others
	 */
	public boolean isUnconditional() {
		return this.unconditional;
	}

	/**
	 * The first condition that does not hold. Slower than {@link #matches}.
	 * @param call the call
	 * @return the component of the rule, such as {@code match.headers.x-user-group};
	 * {@code null} where all conditions hold
	 */
	public @Nullable String mismatch(Call call) {
		if (!matchesMethod(call)) {
			return "match.methods";
		}
		if (!matchesHost(call)) {
			return "match.hosts";
		}
		if (!matchesCaller(call)) {
			return "match.caller";
		}
		return Stream
			.of(mismatches("headers", this.headers, call::header), mismatches("query", this.query, call::query),
					mismatches("labels", this.labels, call::label))
			.flatMap((mismatches) -> mismatches)
			.findFirst()
			.orElse(null);
	}

	private static Stream<String> mismatches(String component, Named[] conditions,
			Function<String, @Nullable String> values) {
		return Arrays.stream(conditions)
			.filter((condition) -> !condition.test.matches(values.apply(condition.name)))
			.map((condition) -> "match." + component + "." + condition.name);
	}

	private boolean matchesTarget(Call call) {
		return matchesMethod(call) && matchesHost(call) && matchesCaller(call);
	}

	private boolean matchesMethod(Call call) {
		return this.methods == null || this.methods.contains(call.method());
	}

	private boolean matchesHost(Call call) {
		if (this.hosts == null) {
			return true;
		}
		String host = call.host();
		return host != null && this.hosts.contains(host);
	}

	private boolean matchesCaller(Call call) {
		return this.caller == null || this.caller.matches(call.caller());
	}

	private boolean matchesNamed(Call call) {
		for (Named header : this.headers) {
			if (!header.test.matches(call.header(header.name))) {
				return false;
			}
		}
		for (Named parameter : this.query) {
			if (!parameter.test.matches(call.query(parameter.name))) {
				return false;
			}
		}
		for (Named label : this.labels) {
			if (!label.test.matches(call.label(label.name))) {
				return false;
			}
		}
		return true;
	}

	private record Named(String name, StringMatch.Test test) {
	}

}
