// SPDX-License-Identifier: Apache-2.0

package io.governance.config.refresh;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

import io.governance.binding.LiveRules;
import io.governance.binding.RuleBinder;
import io.governance.config.StubConfigServer;
import io.governance.config.remote.ConfigServerClient;
import io.governance.config.remote.RemoteConfig;
import io.governance.config.remote.RemoteConfigSources.Part;
import io.governance.config.remote.RemoteConfigState;
import io.governance.config.remote.RemoteDocument;
import io.governance.engine.PolicyEngine;
import io.governance.rule.RuleTypes;
import io.governance.time.TimeSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class RemoteConfigUpdaterTests {

	private final RemoteConfigState state = new RemoteConfigState(
			new ConfigServerClient(StubConfigServer.settings("http://127.0.0.1:1")));

	private final StandardEnvironment environment = new StandardEnvironment();

	private final GenericApplicationContext context = new GenericApplicationContext();

	private final PolicyEngine engine = new PolicyEngine("orders", TimeSource.system(), RandomGenerator.getDefault());

	private RemoteConfigUpdater updater;

	@BeforeEach
	void create() {
		this.environment.getPropertySources().addFirst(this.state.view(Part.GENERAL));
		this.context.setEnvironment(this.environment);
		this.context.registerBean(First.class);
		this.context.registerBean(Second.class);
		this.context.refresh();
		LiveRules rules = new LiveRules(new RuleBinder(RuleTypes.load(getClass().getClassLoader(), List.of())),
				this.engine, this.environment, TimeSource.system());
		this.updater = new RemoteConfigUpdater(this.state, this.environment, rules,
				new SettingsRebinder(this.context, null, null), this.context);
	}

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void settingsThatWaitForARestartWaitOnWhenOthersChange() {
		this.updater.offer(config("r1", Map.of("first.value", "1")));
		assertThat(this.state.status().restartNeeded()).containsExactly("first");
		this.updater.offer(config("r2", Map.of("first.value", "1", "second.value", "1")));
		assertThat(this.state.status().restartNeeded()).containsExactly("first", "second");
		this.updater.offer(config("r3", Map.of("first.value", "2", "second.value", "1", "other", "1")));
		assertThat(this.state.status().restartNeeded()).containsExactly("first", "second");
	}

	@Test
	void aSetWhoseRulesCannotBeAppliedIsNotInForce() {
		this.engine.onChange(() -> {
			throw new IllegalStateException("a listener of the engine fails");
		});
		RemoteConfig offered = config("r1", Map.of("other", "1"));
		assertThatIllegalStateException().isThrownBy(() -> this.updater.offer(offered));
		assertThat(this.state.config()).isEqualTo(RemoteConfig.NONE);
		assertThat(this.environment.getProperty("other")).isNull();
	}

	@Test
	void theSameFaultIsNewsOnlyOnce() {
		RemoteConfig offered = config("r1", Map.of("other", "1"));
		assertThat(this.updater.refuse(offered, new IllegalStateException("one"))).isTrue();
		assertThat(this.updater.refuse(offered, new IllegalStateException("one"))).isFalse();
		assertThat(this.updater.refuse(offered, new IllegalStateException("two"))).isTrue();
		assertThat(this.state.status().refusedRevision()).isEqualTo("r1");
		assertThat(this.state.status().violations()).singleElement().asString().contains("two");
	}

	private static RemoteConfig config(String revision, Map<String, String> values) {
		Map<String, OriginTrackedValue> tracked = new HashMap<>();
		values.forEach((key, value) -> tracked.put(key, OriginTrackedValue.of(value)));
		return new RemoteConfig(revision, List.of(new RemoteDocument("orders.yml", tracked)));
	}

	@ConfigurationProperties("first")
	static class First {

	}

	@ConfigurationProperties("second")
	static class Second {

	}

}
