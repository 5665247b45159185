// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.method;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import io.governance.answer.Answer;
import io.governance.resilience.local.LocalSubject;
import org.jspecify.annotations.Nullable;

/**
 * A call of a method: its result depends on the bean and the arguments.
 *
 * @param method the method
 * @param target the bean
 * @param values the arguments
 */
record MethodSubject(GovernedMethod method, Object target, @Nullable Object[] values) implements LocalSubject {

	@Override
	public List<@Nullable Object> arguments() {
		return Collections.unmodifiableList(Arrays.asList(this.values));
	}

	@Override
	public @Nullable Object key() {
		return this.method.keys().accept(this.values) ? new Key(this.method, this.target, this.values) : null;
	}

	@Override
	public boolean fits(Answer answer) {
		return this.method.result().fits(answer);
	}

	@Override
	public @Nullable Object value(Answer answer) {
		return this.method.result().value(answer);
	}

	/**
	 * Compares arguments as Spring's cache keys do, arrays by their elements. Its hash is
	 * that of the beginning: what an argument becomes later must not make it another's.
	 */
	private static final class Key {

		private final GovernedMethod method;

		private final Object target;

		private final @Nullable Object[] arguments;

		private final int hash;

		Key(GovernedMethod method, Object target, @Nullable Object[] arguments) {
			this.method = method;
			this.target = target;
			this.arguments = arguments.clone();
			this.hash = 31 * System.identityHashCode(target) + Arrays.deepHashCode(arguments);
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof Key key && key.hash == this.hash && key.method == this.method
					&& key.target == this.target && Arrays.deepEquals(key.arguments, this.arguments);
		}

		@Override
		public int hashCode() {
			return this.hash;
		}

	}

}
