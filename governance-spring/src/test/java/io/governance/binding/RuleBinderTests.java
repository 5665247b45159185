// SPDX-License-Identifier: Apache-2.0

package io.governance.binding;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.governance.execution.retry.RetryRule;
import io.governance.match.CallKey;
import io.governance.match.OutcomeMatch;
import io.governance.match.StringMatch;
import io.governance.observation.loglevel.LogLevelRule;
import io.governance.observation.sampling.ErrorRaise;
import io.governance.observation.sampling.SamplingRule;
import io.governance.policy.Enforcement;
import io.governance.policy.ratelimit.KeyLimit;
import io.governance.policy.ratelimit.Pacing;
import io.governance.policy.ratelimit.RateLimitRule;
import io.governance.rule.Rule;
import io.governance.rule.RuleDefinition;
import io.governance.rule.RuleTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class RuleBinderTests {

	private final RuleTypes types = RuleTypes.load(getClass().getClassLoader(), List.of());

	private final RuleBinder binder = new RuleBinder(this.types);

	private final MutablePropertySources sources = new MutablePropertySources();

	@Test
	void bindsTheDocumentedRules() {
		yaml("""
				governance:
				  rules:
				    rate-limit:
				      checkout-per-user:
				        match: {path: "/orders/**", methods: [post]}
				        key: header:x-user-id
				        limit: 100
				        per: 1s
				        burst: 200
				        enforcement: SHADOW
				    retry:
				      inventory: {match: {service: inventory, headers: {x-user-group: tester, x-version: {prefix: "2"}}},
				        attempts: 2, retry-on: [connect, not-processed, 503], budget: {ratio: 0.2, min-per-second: 3}}
				""");
		RateLimitRule limit = rule("rate-limit/checkout-per-user");
		assertThat(limit.key()).isEqualTo(CallKey.parse("header:x-user-id"));
		assertThat(limit.match().methods()).containsExactly("POST");
		assertThat(limit.burst()).isEqualTo(200);
		assertThat(limit.per()).isEqualTo(Duration.ofSeconds(1));
		assertThat(limit.enforcement()).isEqualTo(Enforcement.SHADOW);
		RetryRule retry = rule("retry/inventory");
		assertThat(retry.match().headers()).containsEntry("x-user-group", StringMatch.exact("tester"))
			.containsEntry("x-version", new StringMatch(null, "2", null, null, null, null));
		assertThat(retry.retryOn()).extracting(OutcomeMatch::text).containsExactly("connect", "not-processed", "503");
	}

	@Test
	void bindsMapsWithDottedKeysInBracketsAndWithout() {
		yaml("""
				governance:
				  rules:
				    log-level:
				      debug-orders:
				        match: {service: orders}
				        loggers: {"[com.acme.orders.OrderService]": DEBUG, com.acme.stock: trace, web: OFF, ROOT: warn}
				        active-for: 20m
				        until: 2026-01-31T12:00:00Z
				""");
		LogLevelRule rule = rule("log-level/debug-orders");
		assertThat(rule.loggers()).containsExactly(Map.entry("ROOT", LogLevelRule.Level.WARN),
				Map.entry("com.acme.orders.OrderService", LogLevelRule.Level.DEBUG),
				Map.entry("com.acme.stock", LogLevelRule.Level.TRACE), Map.entry("web", LogLevelRule.Level.OFF));
		assertThat(rule.activeFor()).isEqualTo(Duration.ofMinutes(20));
		assertThat(rule.until()).isEqualTo(Instant.parse("2026-01-31T12:00:00Z"));
	}

	@Test
	void namesWhatIsWrongWithLogLevels() {
		yaml("""
				governance:
				  rules:
				    log-level:
				      a: {loggers: {"[com.acme]": LOUD}, until: tomorrow}
				      b: {match: {service: orders}}
				      c: {loggers: {"[com.acme]": DEBUG}, match: {path: /x}, active-for: 25h}
				""");
		assertThat(bind().faults()).extracting(RuleFault::property)
			.containsExactlyInAnyOrder("governance.rules.log-level.a.loggers[com.acme]",
					"governance.rules.log-level.a.until", "governance.rules.log-level.b.loggers",
					"governance.rules.log-level.c.match.path", "governance.rules.log-level.c.active-for");
		assertThat(bind().faults()).extracting(RuleFault::problem)
			.contains("LOUD (expected: one of trace, debug, info, warn, error, off)",
					"tomorrow (expected: a point in time such as 2026-01-31T12:00:00Z)");
	}

	@Test
	void bindsAndNamesSharesOfPriorities() {
		yaml("""
				governance:
				  rules:
				    concurrency-limit:
				      a: {shares: {critical: 0.5, default: 0.3, sheddable: 0.2}}
				      b: {shares: {urgent: 0.5}}
				      c: {shares: {critical: most}}
				""");
		assertThat(bind().faults()).extracting(RuleFault::property, RuleFault::problem)
			.containsExactlyInAnyOrder(
					tuple("governance.rules.concurrency-limit.b.shares.urgent",
							"urgent (expected: one of critical, default, sheddable)"),
					tuple("governance.rules.concurrency-limit.c.shares.critical", "most (expected: a number)"));
	}

	@Test
	void bindsLimitsOfSingleKeys() {
		yaml("""
				governance:
				  rules:
				    rate-limit:
				      per-user:
				        key: header:x-user-id
				        limit: 100
				        pacing: {max-wait: 250ms}
				        warm-up: 10s
				        headers: true
				        overrides:
				          gold-customer: {limit: 1000, burst: 2000}
				          Big_One: {limit: 7}
				          "[ann@example.com]": {limit: 3}
				          "[10.0.0.1]": {limit: 4}
				""");
		RateLimitRule rule = rule("rate-limit/per-user");
		assertThat(rule.pacing()).isEqualTo(new Pacing(Duration.ofMillis(250)));
		assertThat(rule.warmUp()).isEqualTo(Duration.ofSeconds(10));
		assertThat(rule.headers()).isTrue();
		assertThat(rule.overrides()).containsExactly(Map.entry("10.0.0.1", new KeyLimit(4, null)),
				Map.entry("Big_One", new KeyLimit(7, null)), Map.entry("ann@example.com", new KeyLimit(3, null)),
				Map.entry("gold-customer", new KeyLimit(1000, 2000L)));
	}

	@Test
	void namesWhatIsWrongWithLimitsOfSingleKeys() {
		yaml("""
				governance:
				  rules:
				    rate-limit:
				      a: {key: caller, limit: 1, overrides: {gold: {limit: 0}, "[a@b.c]": {limit: -1}}}
				      b: {key: caller, limit: 1, overrides: {10.0.0.1: {limit: 1}}}
				      c: {key: caller, limit: 1, overrides: {gold: 5}}
				      d: {key: caller, limit: 1, overrides: {gold: {limits: 5}}}
				      e: {limit: 1, pacing: {max-wait: 2m}}
				""");
		List<RuleFault> faults = bind().faults();
		assertThat(faults).extracting(RuleFault::property)
			.containsExactlyInAnyOrder("governance.rules.rate-limit.a.overrides.gold.limit",
					"governance.rules.rate-limit.a.overrides[a@b.c].limit",
					"governance.rules.rate-limit.b.overrides.10.0.0.1.limit",
					"governance.rules.rate-limit.c.overrides.gold",
					"governance.rules.rate-limit.d.overrides.gold.limits",
					"governance.rules.rate-limit.e.pacing.max-wait");
		assertThat(fault(faults, "governance.rules.rate-limit.a.overrides[a@b.c].limit").origin()).contains("4:");
	}

	@Test
	void bindsSampling() {
		yaml("""
				governance:
				  rules:
				    sampling:
				      checkout: {match: {path: "/orders/**"}, ratio: 0.5, per-second: 20, parent: ignore,
				        errors: {above: 0.1, ratio: 0.9, window: 1m, minimum-calls: 50}, debug-header: x-debug-trace}
				""");
		SamplingRule rule = rule("sampling/checkout");
		assertThat(rule).isEqualTo(new SamplingRule(rule.match(), Enforcement.ENFORCED, 0, 0.5, 20,
				SamplingRule.Parent.IGNORE, new ErrorRaise(0.1, 0.9, Duration.ofMinutes(1), 50), "x-debug-trace"));
	}

	@Test
	void namesTheOriginOfARule() {
		yaml("governance.rules.rate-limit.a.limit: 5");
		assertThat(definition("rate-limit/a").origin()).contains("rules.yml").contains("1:");
	}

	@Test
	void anEnvironmentVariableOverridesARuleAndMakesNoTwin() {
		this.sources.addFirst(new SystemEnvironmentPropertySource("systemEnvironment",
				Map.of("GOVERNANCE_RULES_RATELIMIT_CHECKOUTPERUSER_LIMIT", "7")));
		yaml("governance.rules.rate-limit.checkout-per-user: {limit: 100, burst: 200}");
		RateLimitRule limit = rule("rate-limit/checkout-per-user");
		assertThat(limit.limit()).isEqualTo(7);
		assertThat(limit.burst()).isEqualTo(200);
		assertThat(written()).hasSize(1);
	}

	@Test
	void aHigherSourceReplacesListsAndSwitchesOff() {
		this.sources.addFirst(new MapPropertySource("higher", Map.of("governance.rules.retry.inventory.retry-on[0]",
				"timeout", "governance.rules.retry.inventory.enforcement", "off")));
		yaml("governance.rules.retry.inventory: {retry-on: [connect, reset, 503]}");
		RetryRule retry = rule("retry/inventory");
		assertThat(retry.retryOn()).extracting(OutcomeMatch::text).containsExactly("timeout");
		assertThat(retry.enforcement()).isEqualTo(Enforcement.OFF);
	}

	@Test
	void collectsAllFaultsWithTheirOrigins() {
		yaml("""
				governance:
				  rules:
				    rate-limit:
				      a: {limit: -5, per: 3 parsecs}
				      b: {limit: 5, brust: 10}
				      c: {limit: many, match: {path: orders}}
				    rate-limits:
				      d: {limit: 1}
				    retry:
				      e: {attempts: 99, budget: {ratio: -1}}
				""");
		List<RuleFault> faults = bind().faults();
		assertThat(faults).extracting(RuleFault::property)
			.containsExactlyInAnyOrder("governance.rules.rate-limit.a.per", "governance.rules.rate-limit.b.brust",
					"governance.rules.rate-limit.c.limit", "governance.rules.rate-limits.d.limit",
					"governance.rules.retry.e.attempts", "governance.rules.retry.e.budget.ratio");
		assertThat(faults).allSatisfy((fault) -> assertThat(fault.origin()).contains("rules.yml"));
		assertThat(fault(faults, "governance.rules.rate-limit.a.per").problem()).contains("3 parsecs")
			.contains("a duration such as");
		assertThat(fault(faults, "governance.rules.rate-limit.b.brust").problem()).contains("unknown key");
		assertThat(fault(faults, "governance.rules.rate-limits.d.limit").problem()).contains("rate-limits")
			.contains("circuit-breaker");
		assertThat(fault(faults, "governance.rules.rate-limit.b.brust").origin()).contains("5:");
	}

	@Test
	void violationsAreNamedByComponentAndOrigin() {
		yaml("""
				governance:
				  rules:
				    rate-limit:
				      a:
				        limit: -5
				        match: {path: orders, headers: {x-a: {regex: "("}}}
				    timeout:
				      b: {match: {service: x}}
				""");
		List<RuleFault> faults = bind().faults();
		assertThat(faults).extracting(RuleFault::property)
			.containsExactlyInAnyOrder("governance.rules.rate-limit.a.limit",
					"governance.rules.rate-limit.a.match.path", "governance.rules.rate-limit.a.match.headers.x-a.regex",
					"governance.rules.timeout.b.total");
		assertThat(fault(faults, "governance.rules.rate-limit.a.limit").toString()).contains("-5 (expected: 1 or more)")
			.contains("5:");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			governance.rules.rate-limit.x: ""             | at least one field
			governance.rules.rate-limit.yes: {limit: 1}   | lower-case letters
			governance.rules.rate-limit: 5                | rules by id
			governance.rules.rate-limit.x: {limit: 1, key: user} | header:NAME
			governance.rules.rate-limit.x: {limit: 1, enforcement: maybe} | one of off, shadow, enforced
			governance.rules.retry.x: {retry-on: [sometimes]} | connect, reset
			governance.rules.retry.x: {match: {direction: inbound}} | one of [OUTBOUND]
			governance.rules.retry.x: {attempts: 2.5}     | 2.5 (expected: a whole number)
			governance.rules.retry.x: {max-body-bytes: 1.5} | 1.5 (expected: a whole number)
			governance.rules.retry.x: {budget: 0.2}       | 0.2 (expected: nested keys)
			governance.rules.retry.x: {backoff: 5s}       | 5s (expected: nested keys)
			governance.enforcement.rate-limits: shadow    | unknown rule type
			governance.enforcement.all: perhaps           | one of off, shadow, enforced
			""")
	void saysWhatWasExpected(String line, String expected) {
		yaml(line);
		RuleBinding binding = bind();
		assertThat(binding.isValid()).isFalse();
		assertThat(binding.faults()).hasSize(1);
		assertThat(binding.faults().get(0).problem()).contains(expected);
		assertThat(binding.faults().get(0).origin()).contains("rules.yml");
	}

	@Test
	void aBuiltInRuleIsSwitchedOffByItsIdOnly() {
		yaml("governance.rules.retry.mine: {enforcement: OFF}");
		RetryRule kept = rule("retry/default");
		assertThat(kept.enforcement()).isEqualTo(Enforcement.ENFORCED);
		yaml("governance.rules.retry.default: {enforcement: OFF}");
		RetryRule off = rule("retry/default");
		assertThat(off.enforcement()).isEqualTo(Enforcement.OFF);
	}

	@Test
	void builtInRulesHoldUnlessTheyAreRemoved() {
		assertThat(bind().requireRuleSet().rules()).extracting(RuleDefinition::key)
			.containsExactly("load-balancing/default", "load-shedding/default", "outlier-detection/default",
					"retry/default", "sampling/default", "timeout/default");
		yaml("governance.defaults.enabled: false");
		assertThat(bind().requireRuleSet().rules()).isEmpty();
	}

	@Test
	void aRuleMayReplaceABuiltInOneByItsId() {
		yaml("governance.rules.retry.default: {attempts: 3}");
		RetryRule retry = rule("retry/default");
		assertThat(retry.attempts()).isEqualTo(3);
		assertThat(bind().requireRuleSet().rules()).extracting(RuleDefinition::key)
			.containsExactly("load-balancing/default", "load-shedding/default", "outlier-detection/default",
					"retry/default", "sampling/default", "timeout/default");
	}

	@Test
	void unknownTypesMayBeIgnored() {
		yaml("governance: {unknown-rule-types: ignore, rules: {hedging: {a: {after: 5ms}}}}");
		assertThat(bind().isValid()).isTrue();
	}

	@Test
	void killSwitchesAreBound() {
		yaml("governance.enforcement: {all: shadow, rate-limit: off}");
		assertThat(bind().requireRuleSet().overrides().effective("retry", Enforcement.ENFORCED))
			.isEqualTo(Enforcement.SHADOW);
		assertThat(bind().requireRuleSet().overrides().effective("rate-limit", Enforcement.ENFORCED))
			.isEqualTo(Enforcement.OFF);
	}

	@Test
	void theRevisionFollowsTheContent() {
		yaml("governance.rules.rate-limit.a.limit: 5");
		String before = bind().requireRuleSet().revision();
		assertThat(bind().requireRuleSet().revision()).isEqualTo(before);
		this.sources.addFirst(new MapPropertySource("higher", Map.of("governance.rules.rate-limit.a.limit", 6)));
		assertThat(bind().requireRuleSet().revision()).isNotEqualTo(before);
	}

	@Test
	void placeholdersAreResolved() {
		this.sources.addFirst(new MapPropertySource("higher", Map.of("my.limit", "9")));
		yaml("governance.rules.rate-limit.a.limit: ${my.limit}");
		assertThat(this.<RateLimitRule>rule("rate-limit/a").limit()).isEqualTo(9);
	}

	private void yaml(String text) {
		try {
			List<PropertySource<?>> loaded = new YamlPropertySourceLoader().load("rules.yml",
					new ByteArrayResource(text.getBytes(StandardCharsets.UTF_8), "rules.yml"));
			loaded.forEach(this.sources::addLast);
		}
		catch (java.io.IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

	private RuleBinding bind() {
		return this.binder.bind(this.sources);
	}

	private List<RuleDefinition<?>> written() {
		return bind().requireRuleSet().rules().stream().filter((definition) -> !definition.isBuiltIn()).toList();
	}

	private RuleDefinition<?> definition(String key) {
		RuleBinding binding = bind();
		assertThat(binding.faults()).isEmpty();
		return binding.requireRuleSet()
			.rules()
			.stream()
			.filter((definition) -> definition.key().equals(key))
			.findAny()
			.orElseThrow();
	}

	@SuppressWarnings("unchecked")
	private <R extends Rule> R rule(String key) {
		return (R) definition(key).rule();
	}

	private static RuleFault fault(List<RuleFault> faults, String property) {
		return faults.stream().filter((fault) -> fault.property().equals(property)).findAny().orElseThrow();
	}

}
