// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.method;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.UnaryOperator;

import io.governance.resilience.method.GovernedMethod.Shape;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.core.MethodClassKey;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Finds the methods with {@link Governed}, and refuses those that cannot be governed,
 * when their bean is made. Thread-safe.
 */
public final class GovernedMethods extends StaticMethodMatcherPointcut {

	/** As many as the program has methods. */
	private final Map<MethodClassKey, Optional<GovernedMethod>> found = new ConcurrentHashMap<>();

	private final Set<String> names = new ConcurrentSkipListSet<>();

	private final Set<String> blocking = new ConcurrentSkipListSet<>();

	private final AnswerReader reader;

	private final UnaryOperator<String> placeholders;

	/**
	 * Creates it.
	 * @param reader reads what rules spell out as what methods return
	 * @param placeholders resolves those in names
	 */
	public GovernedMethods(AnswerReader reader, UnaryOperator<String> placeholders) {
		this.reader = reader;
		this.placeholders = placeholders;
		setClassFilter(this::isGoverned);
	}

	@Override
	public boolean matches(Method method, Class<?> targetClass) {
		return of(method, targetClass) != null;
	}

	/**
	 * The methods found so far, for people.
	 * @return the names; empty where nothing is governed
	 */
	public String description() {
		if (this.names.isEmpty()) {
			return "";
		}
		String methods = "methods of this process " + this.names;
		return this.blocking.isEmpty() ? methods
				: methods + " (timeouts not enforceable where they block: " + this.blocking + ")";
	}

	@Nullable GovernedMethod of(Method method, Class<?> targetClass) {
		return this.found.computeIfAbsent(new MethodClassKey(method, targetClass), (key) -> find(method, targetClass))
			.orElse(null);
	}

	private Optional<GovernedMethod> find(Method method, Class<?> targetClass) {
		Method specific = AopUtils.getMostSpecificMethod(method, targetClass);
		String name = name(specific);
		if (name == null) {
			name = name(method);
		}
		if (name == null && !Modifier.isPrivate(specific.getModifiers()) && !specific.isSynthetic()
				&& !ReflectionUtils.isObjectMethod(specific)) {
			name = name(targetClass);
		}
		if (name == null) {
			return Optional.empty();
		}
		name = this.placeholders.apply(name);
		// the own methods of a JDK proxy do not tell what their generics are
		Method declared = Proxy.isProxyClass(targetClass) ? method : specific;
		GovernedMethod governed = GovernedMethod.of(name, declared, targetClass, this.reader);
		this.names.add(name);
		if (governed.shape() == Shape.BLOCKING) {
			this.blocking.add(name);
		}
		return Optional.of(governed);
	}

	private static @Nullable String name(AnnotatedElement element) {
		MergedAnnotation<Governed> governed = MergedAnnotations.from(element, SearchStrategy.TYPE_HIERARCHY)
			.get(Governed.class);
		return governed.isPresent() ? governed.getString(MergedAnnotation.VALUE) : null;
	}

	/**
	 * Looks at all methods, so that each fault comes out at the start.
	 */
	private boolean isGoverned(Class<?> type) {
		if (!AnnotationUtils.isCandidateClass(type, Governed.class)) {
			return false;
		}
		Class<?> user = ClassUtils.getUserClass(type);
		Method[] methods = ReflectionUtils.getUniqueDeclaredMethods(user, (method) -> !method.isSynthetic());
		List<Method> annotated = Arrays.stream(methods).filter((method) -> name(method) != null).toList();
		if (annotated.isEmpty() && name(user) == null) {
			return false;
		}
		if (!Proxy.isProxyClass(user)) {
			annotated.forEach(GovernedMethods::refuseUnreachable);
		}
		for (Method method : methods) {
			of(method, user);
		}
		return true;
	}

	private static void refuseUnreachable(Method method) {
		if ((method.getModifiers() & (Modifier.PRIVATE | Modifier.STATIC | Modifier.FINAL)) != 0) {
			throw GovernedMethod.refused(method, Modifier.toString(method.getModifiers()),
					"a method that a proxy can override: not private, static or final");
		}
	}

}
