// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import io.governance.tracing.logging.LogDefaults;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.util.ClassUtils;

/**
 * Adds the starter's defaults of Spring Boot's own properties as the property source
 * {@value #NAME} below every other source, so that anything an application says wins.
 * Adds nothing with {@code governance.tracing.enabled=false}.
 */
final class TracingDefaultsEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	static final String NAME = "governanceTracingDefaults";

	private static final String BUCKETS = "5ms,10ms,25ms,50ms,100ms,250ms,500ms,1s,2500ms,5s,10s";

	static final String REACTOR = "reactor.core.publisher.Hooks";

	static final String GATEWAY = "org.springframework.cloud.gateway.route.RouteLocator";

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		if (environment.getProperty("governance.tracing.enabled", Boolean.class, true)) {
			MutablePropertySources sources = environment.getPropertySources();
			sources.remove(NAME);
			ClassLoader classLoader = application.getClassLoader();
			Map<String, Object> defaults = defaults((name) -> ClassUtils.isPresent(name, classLoader));
			defaults.putAll(LogDefaults.of(environment, classLoader));
			sources.addLast(new MapPropertySource(NAME, defaults));
		}
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	/**
	 * Puts the defaults last again: a {@code @PropertySource} is added below them.
	 * @param environment the environment to put in order
	 */
	static void moveToEnd(ConfigurableEnvironment environment) {
		PropertySource<?> defaults = environment.getPropertySources().remove(NAME);
		if (defaults != null) {
			environment.getPropertySources().addLast(defaults);
		}
	}

	static Map<String, Object> defaults(Predicate<String> present) {
		Map<String, Object> defaults = new LinkedHashMap<>();
		defaults.put("management.endpoints.web.exposure.include", "health,info,prometheus,governance");
		for (String meter : List.of("http.server.requests", "http.client.requests", "spring.cloud.gateway.requests")) {
			defaults.put("management.metrics.distribution.slo[" + meter + "]", BUCKETS);
		}
		// governance.tracing.metrics.max-tag-values bounds them, and loses nothing; these
		// lose what is beyond
		defaults.put("management.metrics.web.server.max-uri-tags", "1000");
		defaults.put("management.metrics.web.client.max-uri-tags", "1000");
		// Prometheus up to 2.42 refuses a whole scrape that has exemplars on a
		// summary's count
		defaults.put(
				"management.prometheus.metrics.export.properties[io.prometheus.exporter.exemplarsOnAllMetricTypes]",
				"false");
		if (present.test(REACTOR) && !present.test(GATEWAY)) {
			defaults.put("spring.reactor.context-propagation", "auto");
		}
		return defaults;
	}

}
