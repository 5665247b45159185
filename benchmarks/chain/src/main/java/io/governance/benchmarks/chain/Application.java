// SPDX-License-Identifier: Apache-2.0

package io.governance.benchmarks.chain;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import io.governance.discovery.Instance;
import io.governance.discovery.InstanceSelector;
import io.governance.discovery.InstanceSource;
import io.governance.discovery.Listing;
import io.governance.resilience.execution.CallExecution;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * An application with our starters, a rule of each kind beside the built-in ones, and a
 * service of ten instances that never change.
 */
final class Application implements AutoCloseable {

	/** More than any side makes: nothing is rejected here. */
	static final int CALLS_PER_SECOND = 100_000_000;

	/** As is the default of the rule. */
	static final int CALLS_AT_A_TIME = 25;

	private static final int INSTANCES = 10;

	private final ConfigurableApplicationContext context;

	private Application(ConfigurableApplicationContext context) {
		this.context = context;
	}

	static Application start() {
		return new Application(new SpringApplicationBuilder(Configured.class).properties(properties())
			.initializers((context) -> context.getBeanFactory().registerSingleton("fleet", new FixedSource(fleet())))
			.run());
	}

	private static Map<String, Object> properties() {
		Map<String, Object> all = new TreeMap<>();
		all.put("spring.main.web-application-type", "none");
		all.put("spring.main.banner-mode", "off");
		all.put("logging.level.root", "error");
		all.put("spring.application.name", "bench");
		for (String type : new String[] { "timeout", "retry", "rate-limit", "circuit-breaker", "bulkhead" }) {
			all.put("governance.rules." + type + ".stock.match.service", StockCall.SERVICE);
		}
		all.put("governance.rules.timeout.stock.total", "2s");
		all.put("governance.rules.timeout.stock.per-try", "1s");
		all.put("governance.rules.rate-limit.stock.match.direction", "outbound");
		all.put("governance.rules.rate-limit.stock.limit", CALLS_PER_SECOND);
		return all;
	}

	private static Listing fleet() {
		return Listing.of(IntStream.range(0, INSTANCES)
			.mapToObj((number) -> new Instance(StockCall.SERVICE + "-" + number, StockCall.SERVICE, "10.0.0." + number,
					8080, false, Map.of()))
			.toList());
	}

	Upstream upstream() {
		return new Upstream(this.context.getBean(InstanceSelector.class));
	}

	CallExecution execution() {
		return this.context.getBean(CallExecution.class);
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Configured {

	}

	/**
	 * Instances that never change.
	 *
	 * @param listing the instances
	 */
	private record FixedSource(Listing listing) implements InstanceSource {

		@Override
		public Following follow(String service, Listener listener) {
			listener.listed(this.listing);
			return () -> {
				// nothing was begun
			};
		}

		@Override
		public String description() {
			return "fixed";
		}

	}

}
