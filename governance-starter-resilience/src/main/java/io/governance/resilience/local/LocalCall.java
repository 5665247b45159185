// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.local;

import java.util.List;
import java.util.function.Function;

import io.governance.context.CallContext;
import io.governance.context.LabelSource;
import io.governance.policy.Call;
import io.governance.policy.Direction;
import io.governance.resilience.execution.Answers;
import org.jspecify.annotations.Nullable;

/**
 * Work of this process, as its rules see it.
 *
 * @param work which work
 * @param caller this process's own service
 * @param context what it is done on behalf of
 * @param labels gives the labels of the current call
 * @param about what its result depends on; {@code null} where nobody knows
 * @param source knows who it is done for; asked where that matters
 */
record LocalCall(LocalWork work, String caller, CallContext context, LabelSource labels, @Nullable LocalSubject about,
		PrincipalSource source) implements Call {

	/** Not an HTTP method: rules for one of those are not meant. */
	private static final String METHOD = "CALL";

	@Override
	public Direction direction() {
		return Direction.OUTBOUND;
	}

	@Override
	public String service() {
		return this.work.service();
	}

	@Override
	public String method() {
		return METHOD;
	}

	@Override
	public String path() {
		return "/" + this.work.operation();
	}

	@Override
	public @Nullable String header(String name) {
		return null;
	}

	@Override
	public @Nullable String query(String name) {
		return null;
	}

	@Override
	public Priority priority() {
		return this.context.priority();
	}

	@Override
	public @Nullable String label(String name) {
		String label = this.context.labels().get(name);
		return (label != null) ? label : this.labels.label(name);
	}

	/**
	 * How it is given another result; {@code null} where nobody knows.
	 */
	<G> @Nullable Answers<G> answers(Function<@Nullable Object, G> given, Function<G, @Nullable Object> value) {
		LocalSubject subject = this.about;
		if (subject == null) {
			return null;
		}
		// now: the work may change who its thread works for
		owner();
		return new LocalAnswers<>(subject, given, value);
	}

	@Override
	public boolean isLocal() {
		return true;
	}

	@Override
	public List<@Nullable Object> arguments() {
		return (this.about != null) ? this.about.arguments() : List.of();
	}

	@Override
	public @Nullable Object subject() {
		return (this.about != null) ? this.about.key() : null;
	}

	@Override
	public @Nullable Object owner() {
		return this.source.current();
	}

}
