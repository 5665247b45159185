// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import io.governance.binding.RuleBinder;
import io.governance.context.Attempts;
import io.governance.engine.PolicyEngine;
import io.governance.policy.Call;
import io.governance.policy.Outcome;
import io.governance.rule.RuleTypes;
import io.governance.test.FakeCall;
import io.governance.test.ManualTimeSource;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.io.ByteArrayResource;

/**
 * Views with the rules that a test writes down, a registry and a clock that it moves, and
 * chance that is the same each time. Unless a test says otherwise, built-in rules hold.
 */
final class SelectionFixture {

	static final Call CALL = FakeCall.to("inventory");

	final ManualTimeSource time = new ManualTimeSource();

	final LaterTasks timer = new LaterTasks();

	final ScriptedSource source = new ScriptedSource();

	final PolicyEngine engine = new PolicyEngine("shop", this.time, new Random(7));

	final ServiceViews views;

	SelectionFixture(@Nullable String zone) {
		this.views = new ServiceViews(this.source, ViewSettings.defaults(), Selections.with(this.engine, zone),
				AttemptCounters.NONE, this.time, this.timer);
		rules("{}");
	}

	SelectionFixture() {
		this(null);
	}

	/** What stands below {@code governance.rules}. */
	void rules(String yaml) {
		String document = "governance:\n  rules:\n" + yaml.indent(4);
		MutablePropertySources sources = new MutablePropertySources();
		try {
			new YamlPropertySourceLoader()
				.load("test", new ByteArrayResource(document.getBytes(StandardCharsets.UTF_8)))
				.forEach(sources::addLast);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.engine.apply(new RuleBinder(RuleTypes.load(getClass().getClassLoader(), java.util.List.of())).bind(sources)
			.requireRuleSet());
	}

	/** An instance named after its number. */
	static Instance instance(int number, Map<String, String> metadata) {
		return new Instance("inventory-" + number, "inventory", "10.0.0." + number, 8080, false, metadata);
	}

	void instances(Instance... instances) {
		this.source.with(instances);
		this.views.viewAsync("inventory");
		this.source.lists("inventory", instances);
	}

	SelectedInstance select(Call call, @Nullable Attempts attempts) {
		return this.views.select(call, attempts);
	}

	/** Where a call goes that ends well after a millisecond. */
	String call(Call call) {
		return end(select(call, null), 200);
	}

	String end(SelectedInstance selected, int status) {
		selected.end(Outcome.response(status, false, Duration.ofMillis(1).toNanos()));
		return selected.instance().id();
	}

	/** How often each instance is taken by calls that end well. */
	Map<String, Integer> counts(Call call, int calls) {
		Map<String, Integer> counts = new TreeMap<>();
		for (int i = 0; i < calls; i++) {
			counts.merge(call(call), 1, Integer::sum);
		}
		return counts;
	}

	/** Time passes, and what was due is done. */
	void pass(Duration duration) {
		this.time.advance(duration);
		this.timer.runAll();
	}

	ServiceStatus.Selection status() {
		ServiceStatus status = this.views.status("inventory");
		if (status == null) {
			throw new IllegalStateException("inventory: not followed");
		}
		return status.selection();
	}

}
