// SPDX-License-Identifier: Apache-2.0

package io.governance.config.refresh;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.governance.binding.LiveRules;
import io.governance.binding.RuleBinding;
import io.governance.binding.RuleFault;
import io.governance.config.remote.RemoteConfig;
import io.governance.config.remote.RemoteConfigSources.Part;
import io.governance.config.remote.RemoteConfigState;
import io.governance.config.remote.RemoteConfigStatus;
import io.governance.config.remote.RemoteConfigStatus.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.cloud.config.client.ConfigServerConfigDataLoader;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Takes a served set whole or refuses it whole. Everything that could go wrong is tried
 * in a candidate environment first; then one reference is swapped. Used by one thread at
 * a time.
 */
public final class RemoteConfigUpdater {

	private static final Logger logger = LoggerFactory.getLogger(RemoteConfigUpdater.class);

	/** Spring Boot's own source, which shows the environment it stands in. */
	private static final String ATTACHED = "configurationProperties";

	private final RemoteConfigState state;

	private final ConfigurableEnvironment environment;

	private final LiveRules rules;

	private final SettingsRebinder settings;

	private final ApplicationEventPublisher events;

	/**
	 * Creates it.
	 * @param state the reference to swap
	 * @param environment the environment that shows the reference
	 * @param rules binds and applies rules
	 * @param settings binds and applies settings
	 * @param events hears which keys changed
	 */
	public RemoteConfigUpdater(RemoteConfigState state, ConfigurableEnvironment environment, LiveRules rules,
			SettingsRebinder settings, ApplicationEventPublisher events) {
		this.state = state;
		this.environment = environment;
		this.rules = rules;
		this.settings = settings;
		this.events = events;
	}

	/**
	 * Takes or refuses a set.
	 * @param offered the set
	 * @return whether it is in force now
	 */
	public boolean offer(RemoteConfig offered) {
		ConfigurableEnvironment candidate = candidate(offered);
		RuleBinding binding = this.rules.binder().bind(candidate.getPropertySources());
		Set<String> changed = offered.changedKeys(this.state.config());
		SettingsChange change = this.settings.prepare(candidate, changed);
		List<String> violations = new ArrayList<>(binding.faults().stream().map(RuleFault::toString).toList());
		violations.addAll(change.violations());
		if (!violations.isEmpty()) {
			refuse(offered, binding, change.violations());
			this.state.report(this.state.status().withRefusal(offered.revision(), violations));
			return false;
		}
		List<String> restartNeeded = withEarlier(change.restartNeeded());
		putViewsInPlace();
		// first, since it may fail: after the swap there is no way back
		this.rules.apply(binding);
		this.state.swap(offered, RemoteConfigStatus.taken(Source.SERVER, offered).withRestartNeeded(restartNeeded));
		change.commit();
		logger.info("remote config taken: revision={} changedKeys={} restartNeeded={}", offered.revision(),
				changed.size(), restartNeeded);
		if (!changed.isEmpty()) {
			tell(changed);
		}
		return true;
	}

	/**
	 * Refuses a set that could not be tried because of a fault of ours.
	 * @param offered the set
	 * @param fault what went wrong
	 * @return whether this is news
	 */
	boolean refuse(RemoteConfig offered, RuntimeException fault) {
		RemoteConfigStatus before = this.state.status();
		RemoteConfigStatus refused = before.withRefusal(offered.revision(),
				List.of("the set could not be taken, it is tried again: " + fault));
		this.state.report(refused);
		if (refused.equals(before)) {
			return false;
		}
		logger.error("remote config could not be taken, the last good one stays and it is tried again: "
				+ "revision={} inForce={}", offered.revision(), this.state.config().revision(), fault);
		return true;
	}

	/**
	 * A setting that waits for a restart waits on, whatever else changes after it.
	 */
	private List<String> withEarlier(List<String> restartNeeded) {
		Set<String> all = new LinkedHashSet<>(this.state.status().restartNeeded());
		all.addAll(restartNeeded);
		return List.copyOf(all);
	}

	private void tell(Set<String> changed) {
		try {
			// not from the context: Spring Cloud then leaves its beans alone, we have
			// seen to them
			this.events.publishEvent(new RemoteConfigChangedEvent(this.state, changed));
		}
		catch (RuntimeException ex) {
			logger.error("a listener for changed configuration failed", ex);
		}
	}

	private void refuse(RemoteConfig offered, RuleBinding binding, List<String> violations) {
		if (!binding.isValid()) {
			this.rules.apply(binding);
		}
		if (!violations.isEmpty()) {
			logger.error("remote config refused, the last good one stays: revision={} inForce={} violations={}",
					offered.revision(), this.state.config().revision(), violations);
		}
	}

	private ConfigurableEnvironment candidate(RemoteConfig offered) {
		StandardEnvironment candidate = new StandardEnvironment();
		MutablePropertySources sources = candidate.getPropertySources();
		sources.stream().map(PropertySource::getName).toList().forEach(sources::remove);
		for (PropertySource<?> source : this.environment.getPropertySources()) {
			if (!source.getName().equals(ATTACHED) && !isBroughtBySpringCloud(source)) {
				sources.addLast(source);
			}
		}
		for (Part part : Part.values()) {
			if (sources.contains(part.sourceName())) {
				sources.replace(part.sourceName(), this.state.view(part, offered));
			}
		}
		ConfigurationPropertySources.attach(candidate);
		return candidate;
	}

	/**
	 * Spring Cloud's refresh endpoint loads the environment anew, with its own sources.
	 */
	private void putViewsInPlace() {
		MutablePropertySources sources = this.environment.getPropertySources();
		for (Part part : Part.values()) {
			if (sources.contains(part.sourceName())) {
				sources.replace(part.sourceName(), this.state.view(part));
			}
		}
		sources.stream()
			.filter(RemoteConfigUpdater::isBroughtBySpringCloud)
			.map(PropertySource::getName)
			.toList()
			.forEach(sources::remove);
	}

	private static boolean isBroughtBySpringCloud(PropertySource<?> source) {
		return source.getName().startsWith("configserver:")
				|| source.getName().equals(ConfigServerConfigDataLoader.CONFIG_CLIENT_PROPERTYSOURCE_NAME);
	}

	/**
	 * Tells listeners (log levels, for one) which keys have changed.
	 */
	private static final class RemoteConfigChangedEvent extends EnvironmentChangeEvent {

		private static final long serialVersionUID = 1L;

		RemoteConfigChangedEvent(Object source, Set<String> keys) {
			super(source, keys);
		}

	}

}
