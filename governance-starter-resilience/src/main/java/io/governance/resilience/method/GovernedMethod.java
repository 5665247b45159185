// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.method;

import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.governance.resilience.local.LocalWork;
import org.reactivestreams.Publisher;

import org.springframework.util.ClassUtils;

/**
 * A method with a name for the rules.
 *
 * @param work its name for the rules
 * @param shape how it gives its result
 * @param result what it gives
 * @param keys which of its calls can be told apart
 */
record GovernedMethod(LocalWork work, Shape shape, MethodResult result, MethodKeys keys) {

	private static final ClassLoader LOADER = GovernedMethod.class.getClassLoader();

	private static final boolean REACTOR = ClassUtils.isPresent("reactor.core.publisher.Mono", LOADER);

	/** How a method gives its result. */
	enum Shape {

		/** It returns it. */
		BLOCKING,

		/** By a {@code Mono}. */
		MONO,

		/** By a {@code Flux}. */
		FLUX,

		/** By a {@code CompletionStage}. */
		STAGE

	}

	/**
	 * Reads a method.
	 * @param name its name for the rules
	 * @param method the method
	 * @param target the class of the bean
	 * @param reader reads what rules spell out
	 * @throws IllegalStateException if the method cannot be governed
	 */
	static GovernedMethod of(String name, Method method, Class<?> target, AnswerReader reader) {
		if (name.isBlank()) {
			throw refused(method, "an empty name", "the name that rules match as the called service");
		}
		Shape shape = shape(method);
		MethodResult result = MethodResult.of(method, target, shape, reader);
		return new GovernedMethod(new LocalWork(name, method.getName()), shape, result,
				new MethodKeys(name + "/" + method.getName(), result.isSomething()));
	}

	private static Shape shape(Method method) {
		Class<?> type = method.getReturnType();
		if (CompletionStage.class.isAssignableFrom(type)) {
			if (!REACTOR || !type.isAssignableFrom(CompletableFuture.class)) {
				throw refused(method, type.getName(),
						"CompletionStage or CompletableFuture, and Reactor on the class path");
			}
			return Shape.STAGE;
		}
		return (REACTOR && Publisher.class.isAssignableFrom(type)) ? Reactive.shape(method) : Shape.BLOCKING;
	}

	static IllegalStateException refused(Method method, String found, String expected) {
		return new IllegalStateException("@Governed on " + method.getDeclaringClass().getName() + "." + method.getName()
				+ ": " + found + " (expected: " + expected + ")");
	}

	/**
	 * What needs Reactor.
	 */
	private static final class Reactive {

		static Shape shape(Method method) {
			Class<?> type = method.getReturnType();
			if (type == reactor.core.publisher.Mono.class) {
				return Shape.MONO;
			}
			if (type.isAssignableFrom(reactor.core.publisher.Flux.class)) {
				return Shape.FLUX;
			}
			throw refused(method, type.getName(), "Mono, Flux or Publisher");
		}

	}

}
