// SPDX-License-Identifier: Apache-2.0

package io.governance.binding;

import java.util.List;

import io.governance.engine.PolicyEngine;
import io.governance.time.TimeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;

/**
 * Keeps the engine on the newest valid rules: applies what binds, refuses what does not,
 * and says which. Thread-safe.
 */
public final class LiveRules {

	private static final Logger logger = LoggerFactory.getLogger(LiveRules.class);

	private final RuleBinder binder;

	private final PolicyEngine engine;

	private final ConfigurableEnvironment environment;

	private final TimeSource time;

	private volatile RuleStatus status;

	/**
	 * Creates it; no rules are in force until {@link #start} or {@link #apply}.
	 * @param binder binds rules
	 * @param engine runs them
	 * @param environment where they are written
	 * @param time stamps what is applied
	 */
	public LiveRules(RuleBinder binder, PolicyEngine engine, ConfigurableEnvironment environment, TimeSource time) {
		this.binder = binder;
		this.engine = engine;
		this.environment = environment;
		this.time = time;
		this.status = new RuleStatus(engine.revision(), time.epochMillis(), List.of(), 0, 0);
	}

	/**
	 * Puts the first rules in force. A fault in what came from afar makes it fall back to
	 * its last good rules, or leaves out all that came from afar; a fault in local files
	 * is fatal.
	 * @param remote tells what came from afar, and falls back
	 * @throws InvalidRulesException if local rules are not valid
	 */
	public void start(RemoteSources remote) {
		RuleBinding binding = this.binder.bind(this.environment.getPropertySources());
		if (binding.isValid()) {
			apply(binding);
			return;
		}
		MutablePropertySources local = new MutablePropertySources();
		this.environment.getPropertySources()
			.stream()
			.filter((source) -> !remote.isRemote(source))
			.forEach(local::addLast);
		RuleBinding localBinding = this.binder.bind(local);
		if (!localBinding.isValid()) {
			throw new InvalidRulesException(localBinding.faults());
		}
		remote.fallBack();
		RuleBinding fallback = this.binder.bind(this.environment.getPropertySources());
		apply(fallback.isValid() ? fallback : localBinding);
		apply(binding);
	}

	/**
	 * Binds the environment anew and applies the result.
	 * @return what came of it
	 */
	public synchronized RuleBinding refresh() {
		RuleBinding binding = this.binder.bind(this.environment.getPropertySources());
		apply(binding);
		return binding;
	}

	/**
	 * Applies a valid binding, or refuses an invalid one and keeps what is in force.
	 * @param binding what came of binding, from whatever sources
	 * @return whether its rules are in force now
	 */
	public synchronized boolean apply(RuleBinding binding) {
		RuleStatus before = this.status;
		if (!binding.isValid()) {
			long since = before.isRefused() ? before.refusedSinceMillis() : this.time.epochMillis();
			this.status = new RuleStatus(before.revision(), before.appliedAtMillis(), binding.faults(),
					before.refusals() + 1, since);
			logger.error("rules refused, the last good set stays: revision={} faults={}", before.revision(),
					binding.faults());
			return false;
		}
		this.engine.apply(binding.requireRuleSet());
		this.status = new RuleStatus(this.engine.revision(), this.time.epochMillis(), List.of(), before.refusals(), 0);
		if (before.isRefused() || !before.revision().equals(this.status.revision())) {
			logger.info("rules applied: revision={} rules={}", this.status.revision(),
					this.engine.effectiveRules().size());
		}
		return true;
	}

	/**
	 * Binds rules without applying them.
	 * @return the binder
	 */
	public RuleBinder binder() {
		return this.binder;
	}

	/**
	 * What became of the newest rules.
	 * @return the status
	 */
	public RuleStatus status() {
		return this.status;
	}

}
