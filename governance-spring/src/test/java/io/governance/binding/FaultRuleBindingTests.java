// SPDX-License-Identifier: Apache-2.0

package io.governance.binding;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.governance.policy.fault.FaultRule;
import io.governance.rule.RuleTypes;
import org.junit.jupiter.api.Test;

import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How rules of type {@code fault} are written.
 */
class FaultRuleBindingTests {

	private static RuleBinding bind(String yaml) throws IOException {
		MutablePropertySources sources = new MutablePropertySources();
		new YamlPropertySourceLoader()
			.load("rules.yml", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8), "rules.yml"))
			.forEach(sources::addLast);
		return new RuleBinder(RuleTypes.load(FaultRuleBindingTests.class.getClassLoader(), List.of())).bind(sources);
	}

	private static FaultRule rule(RuleBinding binding, String id) {
		return (FaultRule) binding.requireRuleSet()
			.rules()
			.stream()
			.filter((definition) -> definition.key().equals("fault/" + id))
			.findAny()
			.orElseThrow()
			.rule();
	}

	@Test
	void bindsStatusesAndWordsAndAnEndAnywhereOnEarth() throws IOException {
		RuleBinding binding = bind("""
				governance:
				  rules:
				    fault:
				      slow: {delay: 800ms, delay-share: 2.5, until: 2026-01-31T12:00:00+02:00}
				      failing: {abort: 503, abort-share: 10, max-share: 20}
				      quoted: {abort: "404"}
				      gone: {abort: Connect}
				""");
		assertThat(binding.faults()).isEmpty();
		assertThat(rule(binding, "slow").delay()).isEqualTo(Duration.ofMillis(800));
		assertThat(rule(binding, "slow").delayShare()).isEqualTo(2.5);
		assertThat(rule(binding, "slow").until()).isEqualTo(Instant.parse("2026-01-31T10:00:00Z"));
		assertThat(rule(binding, "failing").abort()).hasToString("503");
		assertThat(rule(binding, "failing").maxShare()).isEqualTo(20);
		assertThat(rule(binding, "quoted").abort()).hasToString("404");
		assertThat(rule(binding, "gone").abort()).hasToString("connect");
	}

	@Test
	void namesWhatIsWrong() throws IOException {
		List<RuleFault> faults = bind("""
				governance:
				  rules:
				    fault:
				      a: {abort: 600}
				      b: {abort: crash, until: 2026-01-31}
				      c: {max-share: 10}
				      d: {abort: connect, match: {direction: inbound}}
				      e: {abort: 503, abort-share: -1, share: 5}
				      f: {delay: soon}
				""").faults();
		assertThat(faults).extracting(RuleFault::property)
			.containsExactlyInAnyOrder("governance.rules.fault.a.abort", "governance.rules.fault.b.abort",
					"governance.rules.fault.b.until", "governance.rules.fault.c.delay",
					"governance.rules.fault.d.abort", "governance.rules.fault.e.share",
					"governance.rules.fault.f.delay");
		assertThat(faults).extracting(RuleFault::problem)
			.contains("abort: 600 (expected: a status from 200 to 599, connect or reset)",
					"abort: crash (expected: a status from 200 to 599, connect or reset)",
					"connect (expected: a status from 400 to 599, inbound)");
	}

}
