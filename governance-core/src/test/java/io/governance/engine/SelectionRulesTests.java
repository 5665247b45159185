// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import java.util.List;
import java.util.Map;

import io.governance.engine.ServiceSelection.Selected;
import io.governance.match.Match;
import io.governance.match.StringMatch;
import io.governance.policy.Call;
import io.governance.policy.Enforcement;
import io.governance.policy.FakeCall;
import io.governance.rule.RuleDefinition;
import io.governance.selection.Destination;
import io.governance.selection.loadbalancing.LoadBalancingRule;
import io.governance.selection.loadbalancing.LoadBalancingRule.Algorithm;
import io.governance.selection.loadbalancing.LoadBalancingRuleType;
import io.governance.selection.mirror.MirrorRule;
import io.governance.selection.mirror.MirrorRuleType;
import io.governance.selection.mirror.MirrorTarget;
import io.governance.selection.outlier.OutlierDetectionRule;
import io.governance.selection.outlier.OutlierDetectionRuleType;
import io.governance.selection.route.RouteRule;
import io.governance.selection.route.RouteRuleType;
import io.governance.selection.route.RouteTarget;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SelectionRulesTests {

	private static final Match INVENTORY = Match.service("inventory");

	private static final RouteRuleType ROUTE = new RouteRuleType();

	private static final MirrorRuleType MIRROR = new MirrorRuleType();

	private static final LoadBalancingRuleType BALANCING = new LoadBalancingRuleType();

	private static final OutlierDetectionRuleType OUTLIERS = new OutlierDetectionRuleType();

	private final EngineTestBed bed = new EngineTestBed();

	private final Call call = FakeCall.to("inventory");

	private static RuleDefinition<?> route(String id, Match match, Enforcement enforcement, String version) {
		RouteTarget target = new RouteTarget(Map.of("version", StringMatch.exact(version)), null);
		return new RuleDefinition<>(ROUTE, id,
				new RouteRule(match, enforcement, 0, List.of(target), null, null, null, null), "test");
	}

	private static RuleDefinition<?> mirror(String id, Enforcement enforcement) {
		return new RuleDefinition<>(MIRROR, id,
				new MirrorRule(INVENTORY, enforcement, 0, new MirrorTarget(id, null), null, null, null), "test");
	}

	private static RuleDefinition<?> balancing(String id, Match match, Enforcement enforcement, Algorithm algorithm) {
		return new RuleDefinition<>(BALANCING, id,
				new LoadBalancingRule(match, enforcement, 0, algorithm, null, null, null, null), "test");
	}

	private static RuleDefinition<?> outliers(String id, Match match, Enforcement enforcement) {
		return new RuleDefinition<>(OUTLIERS, id, new OutlierDetectionRule(match, enforcement, 0, null, null, null,
				null, null, null, null, null, null, null, null), "test");
	}

	private @Nullable Destination destination() {
		return this.bed.engine.select(this.call).destination();
	}

	@Test
	void withoutRulesNothingIsDecided() {
		assertThat(this.bed.engine.select(this.call)).isSameAs(CallSelection.NONE);
		ServiceSelection selection = this.bed.engine.selectionOf("inventory");
		assertThat(selection.balancing()).isNull();
		assertThat(selection.ejections()).isEmpty();
		selection.countPick();
	}

	@Test
	void theMostSpecificRouteApplies() {
		Match tester = new Match(null, "inventory", List.of(), null, List.of(),
				Map.of("x-user-group", StringMatch.exact("tester")), Map.of(), null, Map.of());
		this.bed.apply(route("split", INVENTORY, Enforcement.ENFORCED, "1"),
				route("canary", tester, Enforcement.ENFORCED, "2"));
		assertThat(destination()).hasToString("route/split version=1");
		assertThat(this.bed.engine.select(FakeCall.to("inventory").header("x-user-group", "tester")).destination())
			.hasToString("route/canary version=2");
		assertThat(this.bed.counted("split", "applied")).isEqualTo(1);
		assertThat(this.bed.counted("canary", "applied")).isEqualTo(1);
	}

	@Test
	void aShadowedRouteCountsAndDoesNotAct() {
		this.bed.apply(route("canary", INVENTORY, Enforcement.SHADOW, "2"),
				route("split", INVENTORY, Enforcement.ENFORCED, "1"));
		assertThat(destination()).hasToString("route/split version=1");
		assertThat(this.bed.counted("canary", "applied")).isEqualTo(1);
		this.bed.apply(EngineTestBed.all(Enforcement.SHADOW), route("split", INVENTORY, Enforcement.ENFORCED, "1"));
		assertThat(destination()).isNull();
	}

	@Test
	void aRouteThatIsOffIsNotThere() {
		this.bed.apply(route("split", INVENTORY, Enforcement.OFF, "1"));
		assertThat(this.bed.engine.select(this.call)).isSameAs(CallSelection.NONE);
	}

	@Test
	void destinationsAreTheSameObjectsAsLongAsTheRuleIsEqual() {
		this.bed.apply(route("split", INVENTORY, Enforcement.ENFORCED, "1"));
		Destination before = destination();
		this.bed.apply(route("split", INVENTORY, Enforcement.ENFORCED, "1"), mirror("trial", Enforcement.ENFORCED));
		assertThat(destination()).isSameAs(before);
		this.bed.apply(route("split", INVENTORY, Enforcement.ENFORCED, "2"));
		assertThat(destination()).isNotSameAs(before).hasToString("route/split version=2");
	}

	@Test
	void allMirrorsApplyButThoseInShadow() {
		this.bed.apply(mirror("one", Enforcement.ENFORCED), mirror("three", Enforcement.SHADOW),
				mirror("two", Enforcement.ENFORCED));
		assertThat(this.bed.engine.select(this.call).copies()).extracting((copy) -> copy.service())
			.containsExactly("one", "two");
		assertThat(this.bed.counted("three", "applied")).isEqualTo(1);
		assertThat(this.bed.effective("three").state()).isEqualTo("0 in flight");
		assertThat(this.bed.effective("one").state()).isEqualTo("1 in flight");
	}

	@Test
	void aServiceHasTheBalancingOfItsMostSpecificRule() {
		this.bed.apply(balancing("all", Match.ANY, Enforcement.ENFORCED, Algorithm.RANDOM),
				balancing("inventory", INVENTORY, Enforcement.ENFORCED, Algorithm.ROUND_ROBIN));
		assertThat(this.bed.engine.selectionOf("inventory").balancing())
			.extracting(Selected::rule, Selected::enforcement)
			.containsExactly("load-balancing/inventory", Enforcement.ENFORCED);
		assertThat(this.bed.engine.selectionOf("payments").balancing()).extracting(Selected::rule)
			.isEqualTo("load-balancing/all");
		this.bed.engine.selectionOf("payments").countPick();
		assertThat(this.bed.counted("all", "applied")).isEqualTo(1);
		assertThat(this.bed.counted("inventory", "applied")).isZero();
	}

	@Test
	void aBalancingInShadowCountsAndLeavesTheChoiceToTheNext() {
		this.bed.apply(balancing("trial", INVENTORY, Enforcement.SHADOW, Algorithm.RANDOM),
				balancing("all", Match.ANY, Enforcement.ENFORCED, Algorithm.ROUND_ROBIN));
		ServiceSelection selection = this.bed.engine.selectionOf("inventory");
		assertThat(selection.balancing()).extracting(Selected::rule).isEqualTo("load-balancing/all");
		selection.countPick();
		assertThat(this.bed.counted("trial", "applied")).isEqualTo(1);
	}

	@Test
	void policiesOfAServiceRunOnThroughUnrelatedChanges() {
		RuleDefinition<?> balancing = balancing("all", Match.ANY, Enforcement.ENFORCED, Algorithm.RANDOM);
		this.bed.apply(balancing, outliers("all", Match.ANY, Enforcement.ENFORCED));
		ServiceSelection before = this.bed.engine.selectionOf("inventory");
		this.bed.apply(balancing, outliers("all", INVENTORY, Enforcement.SHADOW),
				route("split", INVENTORY, Enforcement.ENFORCED, "1"));
		ServiceSelection after = this.bed.engine.selectionOf("inventory");
		assertThat(after.balancing()).isEqualTo(before.balancing());
		assertThat(after.ejections().get(0).policy()).isSameAs(before.ejections().get(0).policy());
		assertThat(after.ejections()).extracting(Selected::enforcement).containsExactly(Enforcement.SHADOW);
	}

	@Test
	void outliersAreFoundByOneEnforcedRuleAndThoseInShadow() {
		this.bed.apply(outliers("a-trial", INVENTORY, Enforcement.SHADOW),
				outliers("inventory", INVENTORY, Enforcement.ENFORCED),
				outliers("all", Match.ANY, Enforcement.ENFORCED), outliers("off", INVENTORY, Enforcement.OFF));
		assertThat(this.bed.engine.selectionOf("inventory").ejections()).extracting(Selected::rule)
			.containsExactly("outlier-detection/a-trial", "outlier-detection/inventory");
	}

	@Test
	void theDestinationsOfAServiceAreThoseOfEnforcedRules() {
		this.bed.apply(route("split", INVENTORY, Enforcement.ENFORCED, "1"),
				route("trial", INVENTORY, Enforcement.SHADOW, "2"),
				route("others", Match.service("payments"), Enforcement.ENFORCED, "3"),
				route("all", Match.ANY, Enforcement.ENFORCED, "4"));
		assertThat(this.bed.engine.selectionOf("inventory").destinations()).map(Destination::toString)
			.containsExactlyInAnyOrder("route/split version=1", "route/all version=4");
		assertThat(this.bed.engine.selectionOf("inventory").destinations()).contains(destination());
	}

	@Test
	void aPolicyThatFailsIsCountedAndCallsGoOn() {
		RuleDefinition<TestRule> broken = new TestSelectionType().rule("broken", TestRule.of("fail"));
		this.bed.apply(broken, route("split", INVENTORY, Enforcement.ENFORCED, "1"));
		assertThat(destination()).hasToString("route/split version=1");
		assertThat(this.bed.counted("broken", "failed")).isEqualTo(1);
		assertThat(this.bed.effective("broken").state()).isEqualTo("state of fail");
	}

	@Test
	void aPolicyOfAServiceThatFailsIsCounted() {
		this.bed.apply(balancing("all", Match.ANY, Enforcement.ENFORCED, Algorithm.RANDOM));
		this.bed.engine.selectionOf("inventory").failed("load-balancing/all", new IllegalStateException("broken"));
		assertThat(this.bed.counted("all", "failed")).isEqualTo(1);
	}

}
