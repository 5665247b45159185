// SPDX-License-Identifier: Apache-2.0

package io.governance.client;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

import org.jspecify.annotations.Nullable;

import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/**
 * A {@code RestClient.Builder} whose clients have the layers. A dynamic proxy, because
 * the interface grows with Spring's minor versions; it acts in {@code build()}, because
 * until then the request factory may be replaced.
 */
final class StagedRestClientBuilder implements InvocationHandler {

	private final RestClient.Builder delegate;

	private final RequestFactoryStages stages;

	private final boolean loadBalanced;

	private StagedRestClientBuilder(RestClient.Builder delegate, RequestFactoryStages stages, boolean loadBalanced) {
		this.delegate = delegate;
		this.stages = stages;
		this.loadBalanced = loadBalanced;
	}

	static RestClient.Builder of(RestClient.Builder builder, RequestFactoryStages stages, boolean loadBalanced) {
		if (isStaged(builder)) {
			return builder;
		}
		return (RestClient.Builder) Proxy.newProxyInstance(RestClient.class.getClassLoader(),
				new Class<?>[] { RestClient.Builder.class },
				new StagedRestClientBuilder(builder, stages, loadBalanced));
	}

	static boolean isStaged(RestClient.Builder builder) {
		return Proxy.isProxyClass(builder.getClass())
				&& Proxy.getInvocationHandler(builder) instanceof StagedRestClientBuilder;
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
		switch (method.getName()) {
			case "build" -> {
				return build();
			}
			case "clone" -> {
				return of(this.delegate.clone(), this.stages, this.loadBalanced);
			}
			case "equals" -> {
				return arguments != null && proxy == arguments[0];
			}
			default -> {
				Object result = invokeDelegate(method, arguments);
				return (result == this.delegate) ? proxy : result;
			}
		}
	}

	private RestClient build() {
		ClientHttpRequestFactory factory = requestFactory(this.delegate);
		ClientHttpRequestFactory wrapped = this.stages.wrap(factory, this.loadBalanced);
		if (wrapped == factory) {
			return this.delegate.build();
		}
		return this.delegate.clone().requestFactory(wrapped).build();
	}

	private @Nullable Object invokeDelegate(Method method, Object @Nullable [] arguments) throws Throwable {
		try {
			return method.invoke(this.delegate, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	/**
	 * The builder has no getter; this private method is the one its own {@code build()}
	 * uses. It returns the factory that was set, or else the default.
	 */
	static ClientHttpRequestFactory requestFactory(RestClient.Builder builder) {
		try {
			Method method = builder.getClass().getDeclaredMethod("initRequestFactory");
			method.setAccessible(true);
			return (ClientHttpRequestFactory) method.invoke(builder);
		}
		catch (ReflectiveOperationException | ClassCastException ex) {
			throw new IllegalStateException("RestClient.Builder: " + builder.getClass().getName()
					+ " (expected: Spring's own builder; its request factory cannot be found)", ex);
		}
	}

}
