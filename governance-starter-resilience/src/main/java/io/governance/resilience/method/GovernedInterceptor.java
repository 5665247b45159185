// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.method;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.governance.resilience.local.LocalCalls;
import io.governance.resilience.local.LocalCalls.Task;
import io.governance.resilience.local.LocalWork;
import io.governance.resilience.local.ReactiveLocalCalls;
import io.governance.resilience.method.GovernedMethod.Shape;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.interceptor.ExposeInvocationInterceptor;
import org.springframework.util.function.SingletonSupplier;

/**
 * Runs governed methods. Each attempt goes through the interceptors behind this one anew,
 * so that it has a transaction of its own, say. Thread-safe.
 */
public final class GovernedInterceptor implements MethodInterceptor {

	private final GovernedMethods methods;

	private final Supplier<LocalCalls> calls;

	private final Supplier<Reactive> reactive;

	/**
	 * Creates it.
	 * @param methods knows the methods
	 * @param calls runs those that block; asked at the first call
	 * @param reactive runs the others; asked at the first call
	 */
	public GovernedInterceptor(GovernedMethods methods, Supplier<LocalCalls> calls,
			Supplier<ReactiveLocalCalls> reactive) {
		this.methods = methods;
		this.calls = SingletonSupplier.of(calls);
		this.reactive = SingletonSupplier.of(() -> new Reactive(reactive.get()));
	}

	@Override
	@SuppressWarnings("NullAway") // does not see that what a task gives may be null
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		Object target = invocation.getThis();
		GovernedMethod method = (target != null) ? this.methods.of(invocation.getMethod(), target.getClass()) : null;
		if (method == null || !(invocation instanceof ProxyMethodInvocation proxied)) {
			return invocation.proceed();
		}
		// an invocation proceeds once, and the caller's own is gone when a publisher
		// begins
		MethodInvocation kept = proxied.invocableClone();
		Task<@Nullable Object> task = () -> ExposeInvocationInterceptor.INSTANCE
			.invoke(((ProxyMethodInvocation) kept).invocableClone());
		MethodSubject subject = new MethodSubject(method, target, invocation.getArguments());
		return (method.shape() == Shape.BLOCKING) ? this.calls.get().run(method.work(), subject, task)
				: this.reactive.get().run(subject, task);
	}

	/**
	 * What needs Reactor.
	 */
	private record Reactive(ReactiveLocalCalls calls) {

		Object run(MethodSubject subject, Task<@Nullable Object> task) {
			LocalWork work = subject.method().work();
			return switch (subject.method().shape()) {
				case MONO -> this.calls.mono(work, subject, typed(task));
				case FLUX -> this.calls.flux(work, subject, () -> Flux.from(Reactive.<Flux<Object>>typed(task).run()));
				default -> this.calls.future(work, subject, Reactive.<CompletionStage<Object>>typed(task));
			};
		}

		@SuppressWarnings("unchecked")
		private static <T> Task<T> typed(Task<@Nullable Object> task) {
			return (Task<T>) task;
		}

	}

}
