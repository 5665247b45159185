// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.servlet;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.cors.CorsProcessor;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.filter.CorsFilter;

/**
 * Puts CORS headers on rejections: a call that is rejected at the edge never reaches the
 * place that would write them. Runs the application's own CORS configuration, wherever it
 * is: {@link CorsFilter} beans, {@link CorsConfigurationSource} beans, Spring MVC's
 * mappings. A preflight that they answer is answered so, and never rejected.
 */
public final class RejectionCors {

	private final CorsProcessor processor = new DefaultCorsProcessor();

	private final SingletonSupplier<List<CorsFilter>> filters;

	private final SingletonSupplier<List<CorsConfigurationSource>> sources;

	private final Function<HttpServletRequest, @Nullable CorsConfiguration> mappings;

	/**
	 * Creates it. Beans are looked up with the first rejection, when all are there.
	 * @param filters the CORS filters that are beans
	 * @param registrations the registrations of filters
	 * @param sources the CORS configurations that are beans
	 * @param mappings the CORS configuration of the handler that a request is mapped to
	 */
	public RejectionCors(ObjectProvider<CorsFilter> filters, ObjectProvider<FilterRegistrationBean<?>> registrations,
			ObjectProvider<CorsConfigurationSource> sources,
			Function<HttpServletRequest, @Nullable CorsConfiguration> mappings) {
		this.filters = SingletonSupplier.of(
				() -> Stream
					.concat(filters.orderedStream(),
							registrations.orderedStream()
								.map(FilterRegistrationBean::getFilter)
								.filter(CorsFilter.class::isInstance)
								.map(CorsFilter.class::cast))
					.distinct()
					.toList());
		this.sources = SingletonSupplier.of(() -> sources.orderedStream().toList());
		this.mappings = mappings;
	}

	/**
	 * Answers a request that is to be rejected.
	 * @param request the request
	 * @param response the response
	 * @param rejecting writes the rejection
	 * @throws IOException from writing
	 * @throws ServletException from a filter
	 */
	public void answer(HttpServletRequest request, HttpServletResponse response, FilterChain rejecting)
			throws IOException, ServletException {
		if (!CorsUtils.isCorsRequest(request)) {
			rejecting.doFilter(request, response);
			return;
		}
		FilterChain chain = (req, res) -> answerBySource(request, response, rejecting);
		for (CorsFilter filter : this.filters.obtain()) {
			FilterChain next = chain;
			chain = (req, res) -> filter.doFilter(req, res, next);
		}
		chain.doFilter(request, response);
	}

	private void answerBySource(HttpServletRequest request, HttpServletResponse response, FilterChain rejecting)
			throws IOException, ServletException {
		CorsConfiguration configuration = find(request);
		boolean valid = configuration == null || this.processor.processRequest(configuration, request, response);
		boolean answered = configuration != null && CorsUtils.isPreFlightRequest(request);
		if (valid && !answered) {
			rejecting.doFilter(request, response);
		}
	}

	private @Nullable CorsConfiguration find(HttpServletRequest request) {
		for (CorsConfigurationSource source : this.sources.obtain()) {
			CorsConfiguration configuration = source.getCorsConfiguration(request);
			if (configuration != null) {
				return configuration;
			}
		}
		return this.mappings.apply(request);
	}

}
