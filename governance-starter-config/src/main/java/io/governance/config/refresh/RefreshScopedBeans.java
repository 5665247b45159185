// SPDX-License-Identifier: Apache-2.0

package io.governance.config.refresh;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Which refresh-scoped beans a change concerns: those with a changed key in a
 * {@code @Value} or under their prefix. A bean whose keys cannot be seen is taken to be
 * concerned by every setting.
 */
final class RefreshScopedBeans {

	private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^:}$]+)");

	private RefreshScopedBeans() {
	}

	static List<String> touchedBy(ChangedKeys changed, ConfigurableListableBeanFactory beans) {
		List<String> touched = new ArrayList<>();
		for (String name : beans.getBeanDefinitionNames()) {
			if (ScopedProxyUtils.isScopedTarget(name)
					&& RefreshAutoConfiguration.REFRESH_SCOPE_NAME.equals(beans.getBeanDefinition(name).getScope())
					&& isTouched(changed, beans.getType(name, false))) {
				touched.add(ScopedProxyUtils.getOriginalBeanName(name));
			}
		}
		return touched;
	}

	private static boolean isTouched(ChangedKeys changed, @Nullable Class<?> type) {
		if (type == null) {
			return true;
		}
		ConfigurationProperties settings = AnnotatedElementUtils.findMergedAnnotation(type,
				ConfigurationProperties.class);
		if (settings != null) {
			return changed.touch(settings.prefix());
		}
		Set<String> keys = new HashSet<>();
		ReflectionUtils.doWithFields(type, (field) -> addKeys(field, keys));
		ReflectionUtils.doWithMethods(type, (method) -> addKeys(method, keys));
		for (Executable constructor : type.getDeclaredConstructors()) {
			addKeys(constructor, keys);
		}
		return keys.isEmpty() || keys.stream().anyMatch(changed::touch);
	}

	private static void addKeys(Executable executable, Set<String> keys) {
		addKeys((AnnotatedElement) executable, keys);
		for (Parameter parameter : executable.getParameters()) {
			addKeys(parameter, keys);
		}
	}

	private static void addKeys(AnnotatedElement element, Set<String> keys) {
		Value value = AnnotatedElementUtils.findMergedAnnotation(element, Value.class);
		if (value != null) {
			Matcher placeholder = PLACEHOLDER.matcher(value.value());
			while (placeholder.find()) {
				keys.add(placeholder.group(1).strip());
			}
		}
	}

}
