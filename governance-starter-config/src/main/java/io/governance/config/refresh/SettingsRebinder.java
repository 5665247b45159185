// SPDX-License-Identifier: Apache-2.0

package io.governance.config.refresh;

import java.beans.PropertyDescriptor;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import jakarta.annotation.PostConstruct;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.ConfigurationPropertiesBean;
import org.springframework.boot.context.properties.bind.BindMethod;
import org.springframework.cloud.context.properties.ConfigurationPropertiesRebinder;
import org.springframework.cloud.context.scope.refresh.RefreshScope;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.ReflectionUtils;

/**
 * Settings beans whose keys changed: each is first bound on a fresh instance, and only
 * when all of them bind are the real ones bound anew. Records, and beans that cannot be
 * tried, are left as they are and named.
 */
public final class SettingsRebinder {

	private final ConfigurableApplicationContext context;

	private final @Nullable ConfigurationPropertiesRebinder rebinder;

	private final @Nullable RefreshScope refreshScope;

	/**
	 * Creates it.
	 * @param context the beans
	 * @param rebinder binds a bean anew; without it, settings need a restart
	 * @param refreshScope makes refresh-scoped beans anew, if there are any
	 */
	public SettingsRebinder(ConfigurableApplicationContext context, @Nullable ConfigurationPropertiesRebinder rebinder,
			@Nullable RefreshScope refreshScope) {
		this.context = context;
		this.rebinder = rebinder;
		this.refreshScope = refreshScope;
	}

	SettingsChange prepare(ConfigurableEnvironment candidate, Set<String> changedKeys) {
		ChangedKeys changed = new ChangedKeys(changedKeys);
		List<String> violations = new ArrayList<>();
		List<String> restartNeeded = new ArrayList<>();
		List<Runnable> steps = new ArrayList<>();
		if (changed.isEmpty()) {
			return new SettingsChange(violations, restartNeeded, steps);
		}
		try (SettingsTrial trial = new SettingsTrial(this.context, candidate)) {
			for (ConfigurationPropertiesBean bean : ConfigurationPropertiesBean.getAll(this.context).values()) {
				if (changed.touch(bean.getAnnotation().prefix())) {
					String violation = prepare(bean, trial, restartNeeded, steps);
					if (violation != null) {
						violations.add(violation);
					}
				}
			}
		}
		RefreshScope scope = this.refreshScope;
		if (scope != null) {
			RefreshScopedBeans.touchedBy(changed, this.context.getBeanFactory())
				.forEach((name) -> steps.add(() -> scope.refresh(name)));
		}
		return new SettingsChange(violations, restartNeeded, steps);
	}

	private @Nullable String prepare(ConfigurationPropertiesBean bean, SettingsTrial trial, List<String> restartNeeded,
			List<Runnable> steps) {
		Class<?> type = bean.asBindTarget().getType().resolve(Object.class);
		ConfigurationPropertiesRebinder live = this.rebinder;
		if (bean.asBindTarget().getBindMethod() == BindMethod.VALUE_OBJECT) {
			restartNeeded.add(bean.getAnnotation().prefix());
			return trial.bindRecord(bean.getAnnotation().prefix(), type);
		}
		if (live == null || !canBeTried(type)) {
			restartNeeded.add(bean.getAnnotation().prefix());
			return null;
		}
		Object fresh = BeanUtils.instantiateClass(type);
		String violation = trial.bindBean(fresh, bean.getName());
		Object instance = bean.getInstance();
		if (instance != null && instance.getClass() == type && isPlain(type)) {
			// property by property: Spring Cloud's rebinder would show defaults for a
			// moment
			steps.add(() -> BeanUtils.copyProperties(fresh, instance));
		}
		else {
			steps.add(() -> live.rebind(bean.getName()));
		}
		return violation;
	}

	/**
	 * Whether its properties are all there is to a bean.
	 */
	private static boolean isPlain(Class<?> type) {
		if (InitializingBean.class.isAssignableFrom(type) || DisposableBean.class.isAssignableFrom(type)) {
			return false;
		}
		for (Method method : ReflectionUtils.getAllDeclaredMethods(type)) {
			if (AnnotatedElementUtils.hasAnnotation(method, PostConstruct.class)) {
				return false;
			}
		}
		for (PropertyDescriptor property : BeanUtils.getPropertyDescriptors(type)) {
			if (property.getWriteMethod() == null && !property.getName().equals("class")) {
				return false;
			}
		}
		return true;
	}

	private static boolean canBeTried(Class<?> type) {
		for (Constructor<?> constructor : type.getDeclaredConstructors()) {
			if (constructor.getParameterCount() == 0) {
				return AnnotatedElementUtils.hasAnnotation(type, ConfigurationProperties.class);
			}
		}
		return false;
	}

}
