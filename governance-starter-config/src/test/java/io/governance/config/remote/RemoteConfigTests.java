// SPDX-License-Identifier: Apache-2.0

package io.governance.config.remote;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import io.governance.config.remote.RemoteConfigSources.Part;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class RemoteConfigTests {

	@Test
	void changedKeysAreThoseWithAnotherValueInForce() {
		RemoteConfig before = config(document("orders.yml", "a", "1", "b", "1"),
				document("application.yml", "a", "9", "c", "1"));
		RemoteConfig after = config(document("orders.yml", "b", "2", "d", "1"),
				document("application.yml", "a", "1", "c", "1"));
		assertThat(after.changedKeys(before)).containsExactlyInAnyOrder("b", "d");
		assertThat(before.changedKeys(after)).containsExactlyInAnyOrder("b", "d");
	}

	@Test
	void rulesOfAnotherSetWithTheSettingsOfThis() {
		RemoteConfig served = config(document("orders.yml", "a", "new", "governance.rules.retry.x.attempts", "-1",
				"governance.enforcement.all", "OFF", "governance.config.enabled", "true"));
		RemoteConfig saved = config(document("orders.yml", "a", "old", "governance.rules.retry.x.attempts", "2"));
		StandardEnvironment environment = environment(served.withRulesOf(saved), "default");
		assertThat(environment.getProperty("a")).isEqualTo("new");
		assertThat(environment.getProperty("governance.rules.retry.x.attempts")).isEqualTo("2");
		assertThat(environment.getProperty("governance.enforcement.all")).isNull();
		assertThat(environment.getProperty("governance.config.enabled")).isEqualTo("true");
		assertThat(served.withRulesOf(RemoteConfig.NONE).documents()).singleElement()
			.satisfies((document) -> assertThat(document.values()).containsOnlyKeys("a", "governance.config.enabled"));
	}

	@Test
	void listsBindFromOneDocumentAsIfTheDocumentsStoodInTheEnvironment() {
		StandardEnvironment environment = environment(config(document("orders.yml", "list[0]", "x"),
				document("application.yml", "list[0]", "a", "list[1]", "b")), "default");
		assertThat(Binder.get(environment).bind("list", Bindable.listOf(String.class)).get()).containsExactly("x");
	}

	@Test
	void documentsOfTheSameNameAreBothThere() {
		StandardEnvironment environment = environment(config(document("x", "a", "1"), document("x", "b", "2")),
				"default");
		assertThat(environment.getProperty("a")).isEqualTo("1");
		assertThat(environment.getProperty("b")).isEqualTo("2");
	}

	@Test
	void activationIsOverWhenADocumentHasBeenServed() {
		StandardEnvironment environment = environment(
				config(document("orders.yml", "spring.config.activate.on-profile", "other", "a", "1")), "default");
		assertThat(environment.getProperty("spring.config.activate.on-profile")).isNull();
		assertThat(environment.getProperty("a")).isEqualTo("1");
	}

	@Test
	void documentsOfAProfileAreAPartOfTheirOwn() {
		RemoteConfigSources sources = RemoteConfigSources
			.of(config(document("orders-dev.yml", "a", "1"), document("orders.yml", "a", "2")), "dev");
		assertThat(sources.part(Part.PROFILE_SPECIFIC).stream()).hasSize(1);
		assertThat(sources.part(Part.GENERAL).stream()).hasSize(1);
	}

	@Test
	void aViewShowsWhateverTheReferenceHolds() {
		AtomicReference<RemoteConfigSources> reference = new AtomicReference<>(
				RemoteConfigSources.of(config(document("orders.yml", "a", "1")), "default"));
		RemoteConfigView view = new RemoteConfigView(Part.GENERAL, reference::get);
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(view);
		assertThat(environment.getProperty("a")).isEqualTo("1");
		assertThat(view.getOrigin("a")).hasToString("config server orders.yml:1:2");
		reference.set(RemoteConfigSources.of(config(document("orders.yml", "b", "2")), "default"));
		assertThat(environment.getProperty("a")).isNull();
		assertThat(environment.getProperty("b")).isEqualTo("2");
		assertThat(view.getPropertyNames()).containsExactly("b");
		assertThat(view.getOrigin("a")).isNull();
	}

	private static StandardEnvironment environment(RemoteConfig config, String profiles) {
		RemoteConfigSources sources = RemoteConfigSources.of(config, profiles);
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addLast(new RemoteConfigView(Part.PROFILE_SPECIFIC, () -> sources));
		environment.getPropertySources().addLast(new RemoteConfigView(Part.GENERAL, () -> sources));
		return environment;
	}

	private static RemoteConfig config(RemoteDocument... documents) {
		return new RemoteConfig("r1", List.of(documents));
	}

	private static RemoteDocument document(String name, String... keysAndValues) {
		Map<String, OriginTrackedValue> values = new LinkedHashMap<>();
		for (int i = 0; i < keysAndValues.length; i += 2) {
			values.put(keysAndValues[i], OriginTrackedValue.of(keysAndValues[i + 1], new RemoteOrigin(name, "1:2")));
		}
		return new RemoteDocument(name, values);
	}

}
