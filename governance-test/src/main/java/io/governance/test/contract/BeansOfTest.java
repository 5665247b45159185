// SPDX-License-Identifier: Apache-2.0

package io.governance.test.contract;

import java.util.Map;

import io.governance.bean.NamedBeans;
import org.jspecify.annotations.Nullable;

/**
 * Beans that a test puts into a map.
 */
record BeansOfTest(Map<String, Object> beans) implements NamedBeans {

	@Override
	public boolean contains(String name, Class<?> type) {
		return type.isInstance(this.beans.get(name));
	}

	@Override
	public <T> @Nullable T find(String name, Class<T> type) {
		return contains(name, type) ? type.cast(this.beans.get(name)) : null;
	}

}
