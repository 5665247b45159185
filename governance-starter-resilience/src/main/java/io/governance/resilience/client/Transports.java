// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.lang.reflect.Field;

import org.jspecify.annotations.Nullable;

import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Finds the transport behind a request factory. Spring's factories tell nothing of what
 * they were given, so their fields are read, once per factory; where one is not there,
 * the factory is taken as unknown.
 */
final class Transports {

	private static final String APACHE = "org.springframework.http.client.HttpComponentsClientHttpRequestFactory";

	private static final boolean APACHE_PRESENT = ClassUtils.isPresent("org.apache.hc.client5.http.classic.HttpClient",
			Transports.class.getClassLoader());

	private Transports() {
	}

	static @Nullable Transport of(ClientHttpRequestFactory factory) {
		if (factory.getClass() == JdkClientHttpRequestFactory.class) {
			return JdkTransport.of((JdkClientHttpRequestFactory) factory);
		}
		if (factory instanceof SimpleClientHttpRequestFactory simple) {
			return SimpleTransport.of(simple);
		}
		return (APACHE_PRESENT && isApache(factory)) ? ApacheTransport.of(factory) : null;
	}

	private static boolean isApache(ClientHttpRequestFactory factory) {
		for (Class<?> type = factory.getClass(); type != null; type = type.getSuperclass()) {
			if (type.getName().equals(APACHE)) {
				return true;
			}
		}
		return false;
	}

	static @Nullable Field field(Class<?> type, String name) {
		Field field = ReflectionUtils.findField(type, name);
		if (field != null) {
			field.setAccessible(true);
		}
		return field;
	}

}
