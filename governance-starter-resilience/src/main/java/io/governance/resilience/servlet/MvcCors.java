// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.servlet;

import java.util.List;
import java.util.function.Function;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * The CORS configuration that Spring MVC would apply to a request: from
 * {@code addCorsMappings} or {@code @CrossOrigin}. Thread-safe.
 */
public final class MvcCors implements Function<HttpServletRequest, @Nullable CorsConfiguration> {

	private static final Logger logger = LoggerFactory.getLogger(MvcCors.class);

	private final SingletonSupplier<List<HandlerMapping>> mappings;

	/**
	 * Creates it.
	 * @param mappings Spring MVC's mappings, looked up with the first request
	 */
	public MvcCors(ObjectProvider<HandlerMapping> mappings) {
		this.mappings = SingletonSupplier.of(() -> mappings.orderedStream().toList());
	}

	@Override
	public @Nullable CorsConfiguration apply(HttpServletRequest request) {
		HandlerExecutionChain chain = find(request);
		if (chain == null) {
			return null;
		}
		for (HandlerInterceptor interceptor : chain.getInterceptorList()) {
			if (interceptor instanceof CorsConfigurationSource source) {
				return source.getCorsConfiguration(request);
			}
		}
		return (chain.getHandler() instanceof CorsConfigurationSource source) ? source.getCorsConfiguration(request)
				: null;
	}

	private @Nullable HandlerExecutionChain find(HttpServletRequest request) {
		ServletRequestPathUtils.parseAndCache(request);
		try {
			for (HandlerMapping mapping : this.mappings.obtain()) {
				HandlerExecutionChain chain = mapping.getHandler(request);
				if (chain != null) {
					return chain;
				}
			}
		}
		catch (Exception ex) {
			// such as a method that is not allowed: the application would not answer
			// either
			logger.atDebug().setCause(ex).log("no handler for the CORS headers of a rejection");
		}
		return null;
	}

}
