// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Runs each test on a virtual thread. It acts only where JUnit is told to look for
 * extensions, as {@code scripts/test} does on a Java that has virtual threads.
 */
public final class VirtualThreads implements InvocationInterceptor {

	@Override
	public void interceptTestMethod(Invocation<Void> test, ReflectiveInvocationContext<Method> method,
			ExtensionContext context) throws Throwable {
		CompletableFuture<Void> done = new CompletableFuture<>();
		start(() -> {
			try {
				test.proceed();
				done.complete(null);
			}
			catch (Throwable ex) {
				done.completeExceptionally(ex);
			}
		});
		try {
			done.join();
		}
		catch (CompletionException ex) {
			throw ex.getCause();
		}
	}

	/** Java 17 compiles it. */
	private static void start(Runnable work)
			throws NoSuchMethodException, IllegalAccessException, InvocationTargetException {
		Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, work);
	}

}
