// SPDX-License-Identifier: Apache-2.0

package io.governance.bean;

import org.jspecify.annotations.Nullable;

/**
 * The beans of the application, for rules that name one. Thread-safe.
 */
public interface NamedBeans {

	/** A process without beans. */
	NamedBeans NONE = new NamedBeans() {

		@Override
		public boolean contains(String name, Class<?> type) {
			return false;
		}

		@Override
		public <T> @Nullable T find(String name, Class<T> type) {
			return null;
		}

	};

	/**
	 * Whether there is a bean, without making it.
	 * @param name its name
	 * @param type what it must be
	 * @return whether there is one of this name and type
	 */
	boolean contains(String name, Class<?> type);

	/**
	 * A bean, made now if it is not there yet.
	 * @param name its name
	 * @param type what it must be
	 * @return the bean; {@code null} where there is none of this name and type
	 * @param <T> what it must be
	 */
	<T> @Nullable T find(String name, Class<T> type);

}
