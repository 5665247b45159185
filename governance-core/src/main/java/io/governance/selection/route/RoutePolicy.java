// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.route;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

import io.governance.match.CallKey;
import io.governance.match.KeyHash;
import io.governance.match.MetadataMatcher;
import io.governance.match.StringMatch;
import io.governance.policy.Call;
import io.governance.rule.PolicyContext;
import io.governance.selection.Destination;
import io.governance.selection.Destination.HeaderChanges;
import io.governance.selection.Destination.Subset;
import io.governance.selection.DestinationPolicy;
import io.governance.selection.Host;
import org.jspecify.annotations.Nullable;

/**
 * Chooses by a point between 0 and 1 among the shares of the destinations, laid end to
 * end. The point is chance, or the stable hash of the sticky key: so it depends on the
 * rule and the key, and on nothing that comes and goes.
 */
final class RoutePolicy implements DestinationPolicy {

	private final Destination[] destinations;

	/** Where the share of each destination ends; the last one at 1. */
	private final double[] ends;

	private final @Nullable CallKey stickyBy;

	private final long seed;

	private final RandomGenerator random;

	private final LongAdder empty;

	RoutePolicy(RouteRule rule, PolicyContext context) {
		List<RouteTarget> targets = rule.to().stream().filter((target) -> target.weight() > 0).toList();
		this.empty = context.events().apply(RouteRuleType.EMPTY);
		this.destinations = targets.stream()
			.map((target) -> destination(target, rule, context.rule()))
			.toArray(Destination[]::new);
		this.ends = ends(targets);
		this.stickyBy = rule.stickyBy();
		this.seed = KeyHash.of(context.rule());
		this.random = context.random();
	}

	private static double[] ends(List<RouteTarget> targets) {
		double sum = targets.stream().mapToDouble(RouteTarget::weight).sum();
		double[] ends = new double[targets.size()];
		double end = 0;
		for (int i = 0; i < ends.length; i++) {
			end += targets.get(i).weight();
			ends[i] = end / sum;
		}
		return ends;
	}

	private Destination destination(RouteTarget target, RouteRule rule, String name) {
		Subset subset = target.subset().isEmpty() ? Subset.ALL
				: new Subset(describe(target.subset()), matching(target.subset()), rule.onEmpty(),
						rule.defaultSubset().isEmpty() ? null : matching(rule.defaultSubset()));
		HeaderChanges headers = new HeaderChanges(rule.requestHeaders().add(),
				rule.requestHeaders()
					.remove()
					.stream()
					.map((header) -> header.toLowerCase(Locale.ROOT))
					.collect(Collectors.toSet()));
		return new Destination(name, subset, headers, this.empty::increment);
	}

	private static Predicate<Host> matching(Map<String, StringMatch> conditions) {
		MetadataMatcher matcher = new MetadataMatcher(conditions);
		return (host) -> matcher.matches(host.metadata());
	}

	private static String describe(Map<String, StringMatch> conditions) {
		return conditions.entrySet()
			.stream()
			.map((condition) -> condition.getKey() + "="
					+ ((condition.getValue().exact() != null) ? condition.getValue().exact() : "..."))
			.collect(Collectors.joining(","));
	}

	@Override
	public Destination choose(Call call) {
		if (this.destinations.length == 1) {
			return this.destinations[0];
		}
		double point = point(call);
		int chosen = 0;
		while (point >= this.ends[chosen] && chosen < this.ends.length - 1) {
			chosen++;
		}
		return this.destinations[chosen];
	}

	@Override
	public String describe(Call call) {
		if (this.destinations.length == 1 || !stickyKey(call).isEmpty()) {
			return "to " + describe(choose(call));
		}
		StringBuilder text = new StringBuilder("by chance to");
		double start = 0;
		for (int i = 0; i < this.destinations.length; i++) {
			text.append(String.format(Locale.ROOT, " %s (%.1f%%)", describe(this.destinations[i]),
					(this.ends[i] - start) * 100));
			start = this.ends[i];
		}
		return text.toString();
	}

	private static String describe(Destination destination) {
		String subset = destination.subset().description();
		return subset.isEmpty() ? "any" : subset;
	}

	private String stickyKey(Call call) {
		return (this.stickyBy != null) ? this.stickyBy.of(call) : "";
	}

	private double point(Call call) {
		String key = stickyKey(call);
		return key.isEmpty() ? this.random.nextDouble() : KeyHash.share(KeyHash.of(key, this.seed));
	}

	@Override
	public List<Destination> destinations() {
		return List.of(this.destinations);
	}

	@Override
	public String state() {
		long calls = this.empty.sum();
		return (calls > 0) ? calls + " calls found a subset empty" : "";
	}

}
