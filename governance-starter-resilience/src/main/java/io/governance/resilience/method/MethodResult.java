// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.method;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import io.governance.answer.Answer;
import io.governance.resilience.method.GovernedMethod.Shape;
import org.jspecify.annotations.Nullable;

import org.springframework.core.GenericTypeResolver;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * What a method gives: for a publisher or a stage its value, for a stream the list of its
 * elements.
 */
final class MethodResult {

	private final ResolvableType type;

	private final Type readable;

	private final AnswerReader reader;

	private MethodResult(ResolvableType type, Type readable, AnswerReader reader) {
		this.type = type;
		this.readable = readable;
		this.reader = reader;
	}

	/**
	 * What a method gives.
	 * @param target the class of the bean, which may say what a variable of its
	 * superclass stands for
	 */
	static MethodResult of(Method method, Class<?> target, Shape shape, AnswerReader reader) {
		ResolvableType returned = ResolvableType.forMethodReturnType(method, target);
		ResolvableType type = switch (shape) {
			case BLOCKING -> returned;
			case FLUX -> ResolvableType.forClassWithGenerics(List.class,
					ResolvableType.forType(readable(returned.getGeneric(0), target)));
			default -> returned.getGeneric(0);
		};
		return new MethodResult(type, readable(type, target), reader);
	}

	private static Type readable(ResolvableType type, Class<?> target) {
		// T of a generic method: anything that JSON can be
		return (type == ResolvableType.NONE) ? Object.class : GenericTypeResolver.resolveType(type.getType(), target);
	}

	/**
	 * Whether it gives anything: what is called for its effect alone must not be left
	 * out.
	 */
	boolean isSomething() {
		Class<?> type = this.type.toClass();
		return type != void.class && type != Void.class;
	}

	boolean fits(Answer answer) {
		if (answer.status() / 100 != 2) {
			return false;
		}
		try {
			Object value = value(answer);
			return (value != null) ? ClassUtils.resolvePrimitiveIfNecessary(this.type.toClass()).isInstance(value)
					: !isPrimitive();
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

	private boolean isPrimitive() {
		Class<?> type = this.type.toClass();
		return type.isPrimitive() && type != void.class;
	}

	@Nullable Object value(Answer answer) {
		if (answer.value() != null) {
			return answer.value();
		}
		Class<?> type = this.type.toClass();
		if (answer.body().length == 0 || !isSomething()) {
			return (type == Optional.class) ? Optional.empty() : null;
		}
		if (type == byte[].class) {
			return answer.body();
		}
		if (type.isAssignableFrom(String.class) && !isJson(answer)) {
			return new String(answer.body(), StandardCharsets.UTF_8);
		}
		if (!isJson(answer)) {
			throw new IllegalArgumentException("answer for " + this.type + " (expected: JSON)");
		}
		return this.reader.read(answer.body(), this.readable);
	}

	private static boolean isJson(Answer answer) {
		return answer.headers()
			.getOrDefault("content-type", List.of())
			.stream()
			.anyMatch((type) -> type.split(";", 2)[0].trim().endsWith("json"));
	}

}
