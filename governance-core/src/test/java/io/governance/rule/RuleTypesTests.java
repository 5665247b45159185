// SPDX-License-Identifier: Apache-2.0

package io.governance.rule;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.governance.execution.cache.CacheRuleType;
import io.governance.execution.fallback.FallbackRuleType;
import io.governance.execution.retry.Backoff;
import io.governance.execution.retry.Budget;
import io.governance.execution.retry.RetryRuleType;
import io.governance.execution.timeout.TimeoutRuleType;
import io.governance.match.Match;
import io.governance.observation.loglevel.LogLevelRuleType;
import io.governance.observation.sampling.ErrorRaise;
import io.governance.observation.sampling.SamplingRuleType;
import io.governance.policy.Direction;
import io.governance.policy.Enforcement;
import io.governance.policy.adaptivebreaker.AdaptiveBreakerRuleType;
import io.governance.policy.bulkhead.BulkheadRuleType;
import io.governance.policy.circuitbreaker.CircuitBreakerRuleType;
import io.governance.policy.concurrencylimit.ConcurrencyLimitRuleType;
import io.governance.policy.fault.FaultRuleType;
import io.governance.policy.loadshedding.LoadSheddingRuleType;
import io.governance.policy.ratelimit.RateLimitRuleType;
import io.governance.schema.RuleField;
import io.governance.schema.Violation;
import io.governance.selection.loadbalancing.LoadBalancingRuleType;
import io.governance.selection.loadbalancing.SlowStart;
import io.governance.selection.loadbalancing.Zones;
import io.governance.selection.mirror.MirrorRuleType;
import io.governance.selection.mirror.MirrorTarget;
import io.governance.selection.outlier.OutlierDetectionRuleType;
import io.governance.selection.route.RequestHeaders;
import io.governance.selection.route.RouteRuleType;
import io.governance.selection.route.RouteTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class RuleTypesTests {

	private static final ClassLoader LOADER = RuleTypesTests.class.getClassLoader();

	private static RuleTypes builtIn() {
		return RuleTypes.load(LOADER, List.of());
	}

	static Stream<RuleType<?>> types() {
		return builtIn().all().stream();
	}

	static Stream<Class<?>> records() {
		return Stream.concat(types().map(RuleType::ruleClass),
				Stream.of(Match.class, Backoff.class, Budget.class, ErrorRaise.class, SlowStart.class, Zones.class,
						RouteTarget.class, RequestHeaders.class, MirrorTarget.class));
	}

	@Test
	void serviceLoaderFindsTheBuiltInTypes() {
		assertThat(builtIn().all()).map(RuleType::name)
			.containsExactly("adaptive-breaker", "bulkhead", "cache", "circuit-breaker", "concurrency-limit",
					"fallback", "fault", "load-balancing", "load-shedding", "log-level", "mirror", "outlier-detection",
					"rate-limit", "retry", "route", "sampling", "timeout");
		assertThat(builtIn().all()).map((type) -> (Object) type.getClass())
			.containsExactly(AdaptiveBreakerRuleType.class, BulkheadRuleType.class, CacheRuleType.class,
					CircuitBreakerRuleType.class, ConcurrencyLimitRuleType.class, FallbackRuleType.class,
					FaultRuleType.class, LoadBalancingRuleType.class, LoadSheddingRuleType.class,
					LogLevelRuleType.class, MirrorRuleType.class, OutlierDetectionRuleType.class,
					RateLimitRuleType.class, RetryRuleType.class, RouteRuleType.class, SamplingRuleType.class,
					TimeoutRuleType.class);
	}

	@Test
	void findsByName() {
		assertThat(builtIn().find("retry")).isInstanceOf(RetryRuleType.class);
		assertThat(builtIn().find("Retry")).isNull();
		assertThat(builtIn().find("unknown")).isNull();
	}

	@Test
	void twoTypesOfOneNameAreRefused() {
		assertThatIllegalStateException().isThrownBy(() -> RuleTypes.load(LOADER, List.of(new RetryRuleType())))
			.withMessage("rule type: retry is declared by " + RetryRuleType.class + " and " + RetryRuleType.class
					+ " (expected: one declaration)");
	}

	@Test
	void givenTypesAreTakenAlone() {
		assertThat(RuleTypes.of(List.of(new TimeoutRuleType())).all()).singleElement()
			.isInstanceOf(TimeoutRuleType.class);
		assertThat(RuleTypes.of(List.of()).all()).isEmpty();
	}

	@Test
	void typesWithABuiltInRule() {
		assertThat(builtIn().defaults()).allMatch(RuleDefinition::isBuiltIn)
			.map(RuleDefinition::key)
			.containsExactly("load-balancing/default", "load-shedding/default", "outlier-detection/default",
					"retry/default", "sampling/default", "timeout/default");
	}

	@ParameterizedTest
	@MethodSource("types")
	void everyBuiltInRuleIsValid(RuleType<?> type) {
		assertThat(violationsOfDefaults(type)).isEmpty();
	}

	private static <R extends Rule> List<Violation> violationsOfDefaults(RuleType<R> type) {
		return type.defaults()
			.values()
			.stream()
			.flatMap((rule) -> Stream.concat(rule.match().validate().stream(), type.validate(rule).stream()))
			.toList();
	}

	@ParameterizedTest
	@MethodSource("types")
	void everyTypeSaysOnWhichSidesAndWhereItActs(RuleType<?> type) {
		assertThat(type.directions()).isNotEmpty();
		assertThat(type.name()).matches("[a-z]+(-[a-z]+)*");
		assertThat(type.ruleClass().isRecord()).isTrue();
	}

	@ParameterizedTest
	@MethodSource("records")
	void everyComponentIsDescribed(Class<?> record) {
		for (RecordComponent component : record.getRecordComponents()) {
			RuleField field = component.getAnnotation(RuleField.class);
			assertThat(field).as("%s.%s", record.getSimpleName(), component.getName()).isNotNull();
			assertThat(field.value()).endsWith(".");
		}
	}

	@ParameterizedTest
	@MethodSource("types")
	void everyRuleHasTheCommonComponents(RuleType<?> type) {
		assertThat(Arrays.stream(type.ruleClass().getRecordComponents()).limit(3).map(RecordComponent::getName))
			.containsExactly("match", "enforcement", "priority");
	}

	@Test
	void ruleSetIsACopy() {
		List<RuleDefinition<?>> rules = new ArrayList<>(builtIn().defaults());
		RuleSet set = new RuleSet("r", rules, EnforcementOverrides.NONE);
		rules.clear();
		assertThat(set.rules()).hasSize(6);
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> set.rules().clear());
	}

	@Test
	void switchesAreACopy() {
		Map<String, Enforcement> byType = new HashMap<>();
		EnforcementOverrides overrides = new EnforcementOverrides(Enforcement.ENFORCED, byType);
		byType.put("retry", Enforcement.OFF);
		assertThat(overrides).isEqualTo(EnforcementOverrides.NONE);
	}

	@Test
	void ruleIsNamedByTypeAndId() {
		RuleDefinition<?> definition = new RuleDefinition<>(new RetryRuleType(), "inventory",
				new RetryRuleType().defaults().get("default"), "application.yml:7");
		assertThat(definition.key()).isEqualTo("retry/inventory");
		assertThat(definition.isBuiltIn()).isFalse();
		assertThat(definition.type().directions()).containsExactly(Direction.OUTBOUND);
	}

	@Test
	void violationReadsAsASentence() {
		assertThat(new Violation("limit", "-3", "1 or more")).hasToString("limit: -3 (expected: 1 or more)");
	}

}
