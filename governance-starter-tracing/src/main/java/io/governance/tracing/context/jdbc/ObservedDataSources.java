// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.context.jdbc;

import java.lang.reflect.Modifier;
import java.sql.SQLException;

import javax.sql.DataSource;

import net.ttddyy.dsproxy.support.ProxyDataSource;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import net.ttddyy.observation.tracing.DataSourceObservationListener;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Lets the connections of every {@link DataSource} bean observe their statements. The
 * bean keeps its class, so that a pool stays a pool to who asks for it. What only hands
 * on to another such bean is left alone: a statement is observed once.
 */
public final class ObservedDataSources implements BeanPostProcessor {

	private final ObjectProvider<DataSourceObservationListener> listener;

	/**
	 * Creates a post-processor.
	 * @param listener observes; looked up when the first data source is made
	 */
	public ObservedDataSources(ObjectProvider<DataSourceObservationListener> listener) {
		this.listener = listener;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof DataSource source && !ScopedProxyUtils.isScopedTarget(beanName) && isReal(source)) {
			DataSourceObservationListener listener = this.listener.getIfAvailable();
			return (listener != null) ? observed(source, beanName, listener) : bean;
		}
		return bean;
	}

	private static Object observed(DataSource source, String name, DataSourceObservationListener listener) {
		ProxyDataSource connections = ProxyDataSourceBuilder.create(name, source).listener(listener).build();
		ProxyFactory proxy = new ProxyFactory(source);
		proxy.setProxyTargetClass(!Modifier.isFinal(source.getClass().getModifiers()));
		proxy.addInterface(ObservedDataSource.class);
		proxy.addAdvice(new Connections(connections));
		return proxy.getProxy(source.getClass().getClassLoader());
	}

	/**
	 * One that routes cannot be asked before it has a target, and has others behind it.
	 */
	private static boolean isReal(DataSource source) {
		try {
			return !(source instanceof ObservedDataSource) && !source.isWrapperFor(ObservedDataSource.class);
		}
		catch (SQLException | RuntimeException ex) {
			return false;
		}
	}

	/**
	 * Marks a data source whose statements are observed. Public, for the proxy's sake.
	 */
	public interface ObservedDataSource {

	}

	private record Connections(ProxyDataSource observed) implements MethodInterceptor {

		@Override
		public @Nullable Object invoke(MethodInvocation call) throws Throwable {
			Object[] arguments = call.getArguments();
			return switch (call.getMethod().getName()) {
				case "getConnection" -> (arguments.length == 0) ? this.observed.getConnection()
						: this.observed.getConnection((String) arguments[0], (String) arguments[1]);
				case "isWrapperFor" -> arguments[0] == ObservedDataSource.class || Boolean.TRUE.equals(call.proceed());
				default -> call.proceed();
			};
		}

	}

}
