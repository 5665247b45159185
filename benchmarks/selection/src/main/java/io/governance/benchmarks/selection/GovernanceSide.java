// SPDX-License-Identifier: Apache-2.0

package io.governance.benchmarks.selection;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

import io.governance.context.Attempts;
import io.governance.discovery.Instance;
import io.governance.discovery.InstanceSelector;
import io.governance.discovery.InstanceSource;
import io.governance.discovery.Listing;
import io.governance.discovery.SelectedInstance;
import io.governance.policy.Call;
import io.governance.policy.Outcome;
import io.governance.time.TimeSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * An application with our starter and rules of every kind that selects.
 */
final class GovernanceSide implements AutoCloseable {

	private static final long EJECTED_WITHIN = Duration.ofSeconds(60).toNanos();

	private static final int PICKS_IN_A_ROW = 100_000;

	private static final Outcome GOOD = Outcome.response(200, false, 1_000_000);

	private static final Outcome BAD = Outcome.response(500, false, 1_000_000);

	private final ConfigurableApplicationContext context;

	private final InstanceSelector selector;

	private GovernanceSide(ConfigurableApplicationContext context) {
		this.context = context;
		this.selector = context.getBean(InstanceSelector.class);
	}

	/**
	 * Starts an application with a fixed list of instances, with route, zone, slow start
	 * and ejection on.
	 */
	static GovernanceSide of(Fleet fleet, String algorithm) {
		SpringApplicationBuilder builder = builder(rules(algorithm));
		builder.initializers((context) -> context.getBeanFactory()
			.registerSingleton("fleet", new FixedSource(Listing.of(fleet.ours()))));
		return new GovernanceSide(builder.run());
	}

	/**
	 * Starts an application that follows a Consul, instances in turn.
	 */
	static GovernanceSide onConsul(int port) {
		return new GovernanceSide(builder(Map.of("governance.discovery.consul.host", "127.0.0.1",
				"governance.discovery.consul.port", port, "governance.discovery.registration.enabled", "false",
				"governance.rules.load-balancing.default.algorithm", "round-robin"))
			.run());
	}

	private static SpringApplicationBuilder builder(Map<String, Object> properties) {
		Map<String, Object> all = new TreeMap<>(properties);
		all.put("spring.main.web-application-type", "none");
		all.put("spring.main.banner-mode", "off");
		all.put("spring.cloud.consul.enabled", "false");
		all.put("logging.level.root", "error");
		all.put("spring.application.name", "bench");
		all.put("governance.discovery.zone", Fleet.ZONE);
		return new SpringApplicationBuilder(Application.class).properties(all);
	}

	private static Map<String, Object> rules(String algorithm) {
		String route = "governance.rules.route.";
		String balancing = "governance.rules.load-balancing.default.";
		Map<String, Object> rules = new TreeMap<>();
		rules.put(route + "testers.match.service", Fleet.SERVICE);
		rules.put(route + "testers.match.headers.x-group", "testers");
		rules.put(route + "testers.to[0].subset.version", "2");
		rules.put(route + "inventory.match.service", Fleet.SERVICE);
		rules.put(route + "inventory.to[0].subset.version", Fleet.VERSION);
		rules.put(balancing + "algorithm", algorithm);
		rules.put(balancing + "zone.mode", "prefer");
		if (algorithm.equals("ring-hash")) {
			rules.put(balancing + "hash-key", "header:x-user");
		}
		else {
			rules.put(balancing + "slow-start.window", "1h");
		}
		rules.put("governance.rules.outlier-detection.default.base-ejection-time", "1h");
		rules.put("governance.rules.outlier-detection.default.max-ejection-time", "1h");
		return rules;
	}

	/**
	 * What an adapter does for a call whose only attempt succeeds.
	 */
	Instance call(Call call) {
		SelectedInstance selected = this.selector.select(call, new Attempts(Fleet.SERVICE));
		selected.end(GOOD);
		return selected.instance();
	}

	/**
	 * Calls until the bad instances are ejected.
	 * @throws IllegalStateException when some still get calls after a minute
	 */
	GovernanceSide eject(Fleet fleet, UserCall[] calls) {
		long begin = TimeSource.system().nanoTime();
		int goodInARow = 0;
		for (int turn = 0; goodInARow < PICKS_IN_A_ROW; turn = UserCall.next(turn)) {
			SelectedInstance selected = this.selector.select(calls[turn], new Attempts(Fleet.SERVICE));
			boolean bad = fleet.isBad(selected.instance().id());
			selected.end(bad ? BAD : GOOD);
			goodInARow = bad ? 0 : goodInARow + 1;
			if (TimeSource.system().nanoTime() - begin > EJECTED_WITHIN) {
				throw new IllegalStateException("ejection: bad instances get calls (expected: none)");
			}
		}
		return this;
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

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
