// SPDX-License-Identifier: Apache-2.0

package io.governance.autoconfigure;

import io.governance.bean.NamedBeans;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;

/**
 * The beans of the application context, for rules that name one.
 */
final class BeansOfContext implements NamedBeans {

	private final BeanFactory beans;

	BeansOfContext(BeanFactory beans) {
		this.beans = beans;
	}

	@Override
	public boolean contains(String name, Class<?> type) {
		return this.beans.containsBean(name) && this.beans.isTypeMatch(name, type);
	}

	@Override
	public <T> @Nullable T find(String name, Class<T> type) {
		return contains(name, type) ? this.beans.getBean(name, type) : null;
	}

}
