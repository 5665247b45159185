// SPDX-License-Identifier: Apache-2.0

package io.governance.binding;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.governance.policy.Enforcement;
import io.governance.policy.ratelimit.RateLimitRule;
import io.governance.rule.EnforcementOverrides;
import io.governance.rule.RuleDefinition;
import io.governance.rule.RuleTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Names of rules in all of Boot's forms, and values of another kind than the component's.
 */
class RuleSpellingTests {

	private final RuleBinder binder = new RuleBinder(RuleTypes.load(getClass().getClassLoader(), List.of()));

	private final MutablePropertySources sources = new MutablePropertySources();

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			governance.rules: everything                  | rules by type and id
			governance.rules.rate-limit: {my-rule: {limit: 1}, myrule: {burst: 5}} | ids that differ in more than dashes
			governance.enforcement.all: 0                 | one of off, shadow, enforced
			governance.enforcement: OFF                   | nested keys
			governance.rules.rate-limit.x: {limit: 1.5}   | a whole number
			governance.rules.rate-limit.x: {limit: 1, burst: .inf} | a whole number
			governance.rules.rate-limit.x: {limit: 1, priority: .nan} | a whole number
			governance.rules.rate-limit.x: {limit: 1, enforcement: 1} | one of off, shadow, enforced
			governance.rules.rate-limit.x: {limit: 1, key: 5} | header:NAME
			governance.rules.rate-limit.x: {limit: 1, match: /orders} | nested keys
			governance.rules.rate-limit.x: {limit: 1, match: {headers: [x-user]}} | conditions by name
			governance.rules.retry.x: {budget: 0.2}       | nested keys
			governance.rules.route.x: {to: all}           | a list
			governance.rules.route.x: {to: [{subset: v1}]} | nested keys
			""")
	void saysWhereAndWhatWasExpected(String line, String expected) {
		yaml(line);
		assertThat(this.binder.bind(this.sources).faults()).singleElement().satisfies((fault) -> {
			assertThat(fault.problem()).contains(expected);
			assertThat(fault.origin()).contains("rules.yml");
		});
	}

	@Test
	void typesAndSwitchesAreWrittenInAnyOfBootsForms() {
		yaml("""
				governance:
				  rules: {rateLimit: {a: {limit: 1, maxKeys: 5}}, rate_limit: {b: {limit: 2, max_keys: 6}}}
				  enforcement: {ALL: SHADOW, circuitBreaker: OFF, load_shedding: OFF}
				""");
		assertThat(written()).containsOnlyKeys("rate-limit/a", "rate-limit/b");
		assertThat(written().get("rate-limit/b").maxKeys()).isEqualTo(6);
		assertThat(this.binder.bind(this.sources).requireRuleSet().overrides()).isEqualTo(new EnforcementOverrides(
				Enforcement.SHADOW, Map.of("circuit-breaker", Enforcement.OFF, "load-shedding", Enforcement.OFF)));
	}

	@Test
	void oneSpellingInAHigherSourceOverridesAnotherInALowerOne() {
		this.sources.addFirst(new MapPropertySource("higher", Map.of("governance.rules.rate-limit.myrule.limit", "7")));
		yaml("governance.rules.rate-limit.my-rule: {limit: 1, burst: 5}");
		assertThat(written()).containsOnlyKeys("rate-limit/my-rule");
		assertThat(written().get("rate-limit/my-rule").limit()).isEqualTo(7);
	}

	@Test
	void theEnvironmentMaySpellARuleInTwoWays() {
		this.sources.addFirst(new SystemEnvironmentPropertySource("systemEnvironment", Map
			.of("GOVERNANCE_RULES_RATELIMIT_MYRULE_LIMIT", "7", "governance.rules.rate-limit.my-rule.burst", "9")));
		assertThat(written().get("rate-limit/my-rule").limit()).isEqualTo(7);
	}

	private void yaml(String text) {
		try {
			new YamlPropertySourceLoader()
				.load("rules.yml", new ByteArrayResource(text.getBytes(StandardCharsets.UTF_8), "rules.yml"))
				.forEach(this.sources::addLast);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Map<String, RateLimitRule> written() {
		return this.binder.bind(this.sources)
			.requireRuleSet()
			.rules()
			.stream()
			.filter((definition) -> !definition.isBuiltIn())
			.collect(Collectors.toMap(RuleDefinition::key, (definition) -> (RateLimitRule) definition.rule()));
	}

}
