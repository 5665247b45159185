// SPDX-License-Identifier: Apache-2.0

package io.governance.autoconfigure;

import java.util.List;

import io.governance.actuate.EnforcementPoint;
import io.governance.actuate.GovernanceEndpoint;
import io.governance.engine.PolicyEngine;
import io.governance.match.Match;
import io.governance.observation.ObservationPolicy;
import io.governance.observation.TraceHead;
import io.governance.observation.TracePolicy;
import io.governance.observation.TraceVerdict;
import io.governance.policy.Call;
import io.governance.policy.Decision;
import io.governance.policy.Direction;
import io.governance.policy.Enforcement;
import io.governance.policy.Policy;
import io.governance.policy.Policy.Forecast;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.policy.Segment;
import io.governance.policy.Stage;
import io.governance.rule.AdmissionRuleType;
import io.governance.rule.ObservationRuleType;
import io.governance.rule.PolicyContext;
import io.governance.rule.Rule;
import io.governance.schema.Violation;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A rule type that is declared in one place, here, and edited in nowhere else: bound,
 * validated, enforced, listed and metered.
 */
class NewRuleTypeTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withPropertyValues("spring.application.name=orders", "management.endpoints.web.exposure.include=governance",
				"management.endpoints.jmx.exposure.include=governance")
		.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class, GovernanceAutoConfiguration.class,
				GovernanceActuatorAutoConfiguration.class, GovernanceMetricsAutoConfiguration.class))
		.withUserConfiguration(Types.class);

	@Test
	void isBoundEnforcedListedAndMetered() {
		this.contextRunner.withPropertyValues("governance.rules.curfew.night.hour=22").run((context) -> {
			Decision decision = context.getBean(PolicyEngine.class).tryAcquire(Segment.EDGE, new AnyCall());
			assertThat(decision).isInstanceOfSatisfying(Decision.Rejected.class, (rejected) -> {
				assertThat(rejected.rejection().rule()).isEqualTo("curfew/night");
				assertThat(rejected.rejection().retryAfterSeconds()).isEqualTo(2);
			});
			assertThat(context.getBean(GovernanceEndpoint.class).rules().rules())
				.filteredOn((rule) -> rule.type().equals("curfew"))
				.singleElement()
				.satisfies((rule) -> {
					assertThat(rule.state()).isEqualTo("closed at 22");
					assertThat(rule.note()).isNull();
				});
			assertThat(context.getBean(PrometheusMeterRegistry.class).scrape()).contains(
					"governance_decisions_total{decision=\"rejected\",enforcement=\"enforced\",reason=\"curfew\",rule_id=\"night\",rule_type=\"curfew\"} 1.0");
		});
	}

	@Test
	void anObservationTypeToo() {
		this.contextRunner.withBean(WatchRuleType.class)
			.withPropertyValues("governance.rules.watch.all.hour=1", "governance.enforcement.watch=shadow")
			.run((context) -> {
				PolicyEngine engine = context.getBean(PolicyEngine.class);
				assertThat(engine.observe(null, TraceHead.none(0)).verdict()).isNotEqualTo(TraceVerdict.DEBUG);
				assertThat(context.getBean(GovernanceEndpoint.class).rules().rules())
					.filteredOn((rule) -> rule.type().equals("watch"))
					.singleElement()
					.satisfies((rule) -> {
						assertThat(rule.stage()).isEqualTo("OBSERVATION");
						assertThat(rule.note()).startsWith("not enforced here");
					});
				assertThat(context.getBean(PrometheusMeterRegistry.class).scrape()).contains(
						"governance_decisions_total{decision=\"debug\",enforcement=\"shadow\",reason=\"none\",rule_id=\"all\",rule_type=\"watch\"} 1.0");
			});
	}

	@Test
	void isValidated() {
		this.contextRunner.withPropertyValues("governance.rules.curfew.night.hour=25")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.hasMessageContaining("governance.rules.curfew.night.hour: 25 (expected: 0 to 23)"));
	}

	@Test
	void rulesWithoutAnAdapterAreListedAsNotEnforced() {
		this.contextRunner.run((context) -> assertThat(context.getBean(GovernanceEndpoint.class).rules().rules())
			.filteredOn((rule) -> !rule.type().equals("load-shedding"))
			.isNotEmpty()
			.allSatisfy((rule) -> assertThat(rule.note()).startsWith("not enforced here")));
	}

	@Configuration(proxyBeanMethods = false)
	static class Types {

		@Bean
		CurfewRuleType curfew() {
			return new CurfewRuleType();
		}

		@Bean
		EnforcementPoint edge() {
			return new EnforcementPoint(Segment.EDGE, "test");
		}

		@Bean
		PrometheusMeterRegistry registry() {
			return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		}

	}

	record CurfewRule(Match match, Enforcement enforcement, int priority, int hour) implements Rule {

		CurfewRule {
			match = (match != null) ? match : Match.ANY;
			enforcement = (enforcement != null) ? enforcement : Enforcement.ENFORCED;
		}

	}

	static final class CurfewRuleType implements AdmissionRuleType<CurfewRule> {

		private static final Reason CURFEW = new Reason("curfew", 503, true);

		@Override
		public String name() {
			return "curfew";
		}

		@Override
		public Class<CurfewRule> ruleClass() {
			return CurfewRule.class;
		}

		@Override
		public List<Direction> directions() {
			return List.of(Direction.INBOUND);
		}

		@Override
		public Stage stage(CurfewRule rule, Direction direction) {
			return Stage.LOAD_SHEDDING;
		}

		@Override
		public List<Violation> validate(CurfewRule rule) {
			return (rule.hour() >= 0 && rule.hour() < 24) ? List.of()
					: List.of(new Violation("hour", String.valueOf(rule.hour()), "0 to 23"));
		}

		@Override
		public List<Reason> reasons() {
			return List.of(CURFEW);
		}

		@Override
		public Policy newPolicy(CurfewRule rule, PolicyContext context) {
			return new Policy() {

				@Override
				public Decision tryAcquire(Call call) {
					return new Decision.Rejected(new Rejection(CURFEW, null, 1_500_000_000L));
				}

				@Override
				public Forecast foresee(Call call) {
					return Forecast.reject(new Rejection(CURFEW, null, 1_500_000_000L), state());
				}

				@Override
				public String state() {
					return "closed at " + rule.hour();
				}

			};
		}

	}

	static final class WatchRuleType implements ObservationRuleType<CurfewRule> {

		@Override
		public String name() {
			return "watch";
		}

		@Override
		public Class<CurfewRule> ruleClass() {
			return CurfewRule.class;
		}

		@Override
		public List<Direction> directions() {
			return List.of(Direction.INBOUND);
		}

		@Override
		public Stage stage(CurfewRule rule, Direction direction) {
			return Stage.OBSERVATION;
		}

		@Override
		public List<Violation> validate(CurfewRule rule) {
			return List.of();
		}

		@Override
		public List<TraceVerdict> verdicts() {
			return List.of(TraceVerdict.DEBUG);
		}

		@Override
		public ObservationPolicy newPolicy(CurfewRule rule, PolicyContext context) {
			return (TracePolicy) (call, head) -> TraceVerdict.DEBUG;
		}

	}

	static final class AnyCall implements Call {

		@Override
		public Direction direction() {
			return Direction.INBOUND;
		}

		@Override
		public String service() {
			return "orders";
		}

		@Override
		public String method() {
			return "GET";
		}

		@Override
		public String path() {
			return "/";
		}

		@Override
		public String header(String name) {
			return null;
		}

		@Override
		public String query(String name) {
			return null;
		}

	}

}
