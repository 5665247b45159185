// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.method;

import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says which calls of a method can be told apart by their arguments, and says it in the
 * log where they cannot. Thread-safe.
 */
final class MethodKeys {

	private static final Logger logger = LoggerFactory.getLogger(MethodKeys.class);

	private final String method;

	private final boolean something;

	private final AtomicBoolean said = new AtomicBoolean();

	MethodKeys(String method, boolean something) {
		this.method = method;
		this.something = something;
	}

	boolean accept(@Nullable Object[] arguments) {
		if (!this.something) {
			refuse("it returns nothing", "a method with a result");
			return false;
		}
		for (Object argument : arguments) {
			if (argument != null && !isComparable(argument.getClass())) {
				refuse("an argument of " + argument.getClass().getName(), "a type with an equals() of its own");
				return false;
			}
		}
		return true;
	}

	private static boolean isComparable(Class<?> type) {
		if (type.isArray() || Class.class == type) {
			return true;
		}
		try {
			return type.getMethod("equals", Object.class).getDeclaringClass() != Object.class;
		}
		catch (NoSuchMethodException ex) {
			throw new IllegalStateException("every class has equals", ex);
		}
	}

	/**
	 * Once: it is so with every call.
	 */
	private void refuse(String found, String expected) {
		if (this.said.compareAndSet(false, true)) {
			logger.warn("results are not kept: method={} found={} expected={}", this.method, found, expected);
		}
	}

}
