// SPDX-License-Identifier: Apache-2.0

package io.governance.client;

import java.util.function.BooleanSupplier;

import org.springframework.boot.restclient.RestTemplateBuilder;

/**
 * Lets a {@code RestTemplateBuilder} put the layers around each template it makes. Loaded
 * only where Boot's module for it is there.
 */
final class RestTemplateBuilders {

	private RestTemplateBuilders() {
	}

	static Object wrap(Object bean, RequestFactoryStages stages, BooleanSupplier loadBalanced) {
		if (bean instanceof RestTemplateBuilder builder) {
			boolean marked = loadBalanced.getAsBoolean();
			return builder.additionalCustomizers((template) -> RestTemplates.wrap(template, stages, marked));
		}
		return bean;
	}

}
