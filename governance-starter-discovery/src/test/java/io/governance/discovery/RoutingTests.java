// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import io.governance.context.Attempts;
import io.governance.discovery.metrics.DiscoveryMeters;
import io.governance.policy.Call;
import io.governance.policy.CallRejectedException;
import io.governance.policy.Reason;
import io.governance.test.FakeCall;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static io.governance.discovery.SelectionFixture.CALL;
import static io.governance.discovery.SelectionFixture.instance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Routes, lanes and zones decide to which instances of a followed service calls go.
 */
@ExtendWith(OutputCaptureExtension.class)
class RoutingTests {

	private static final Instance OLD = instance(1, Map.of("version", "1"));

	private static final Instance ALSO_OLD = instance(2, Map.of("version", "1"));

	private static final Instance NEW = instance(3, Map.of("version", "2"));

	private final SelectionFixture fixture = new SelectionFixture();

	@Test
	void aHeaderDecidesTheSubset() {
		this.fixture.instances(OLD, ALSO_OLD, NEW);
		this.fixture.rules("""
				route:
				  canary:
				    match: {service: inventory, headers: {x-user-group: tester}}
				    to: [{subset: {version: "2"}}]
				  stable:
				    match: {service: inventory}
				    to: [{subset: {version: "1"}}]
				""");
		assertThat(this.fixture.counts(CALL, 100)).containsOnlyKeys(OLD.id(), ALSO_OLD.id());
		assertThat(this.fixture.counts(FakeCall.to("inventory").header("x-user-group", "tester"), 20))
			.containsOnlyKeys(NEW.id());
	}

	@Test
	void callsAreSplitByWeight() {
		this.fixture.instances(OLD, ALSO_OLD, NEW);
		this.fixture.rules("""
				route:
				  split:
				    match: {service: inventory}
				    to: [{subset: {version: "1"}, weight: 90}, {subset: {version: "2"}, weight: 10}]
				""");
		assertThat(this.fixture.counts(CALL, 100_000).get(NEW.id())).isBetween(9_600, 10_400);
	}

	@Test
	void whatIsStickyStaysInItsSubset() {
		this.fixture.instances(OLD, NEW);
		this.fixture.rules("""
				route:
				  split:
				    match: {service: inventory}
				    to: [{subset: {version: "1"}}, {subset: {version: "2"}}]
				    sticky-by: header:x-user-id
				""");
		Set<String> taken = new HashSet<>();
		for (int user = 0; user < 50; user++) {
			Map<String, Integer> counts = this.fixture
				.counts(FakeCall.to("inventory").header("x-user-id", "user-" + user), 10);
			assertThat(counts).hasSize(1);
			taken.addAll(counts.keySet());
		}
		assertThat(taken).containsExactlyInAnyOrder(OLD.id(), NEW.id());
	}

	@Test
	void aRetryStaysWhereTheCallWasSent() {
		this.fixture.instances(OLD, ALSO_OLD, NEW);
		this.fixture.rules("""
				route:
				  split:
				    match: {service: inventory}
				    to: [{subset: {version: "1"}}, {subset: {version: "2"}}]
				""");
		for (int i = 0; i < 100; i++) {
			Attempts attempts = new Attempts();
			String first = this.fixture.end(this.fixture.select(CALL, attempts), 503);
			String second = this.fixture.end(this.fixture.select(CALL, attempts), 200);
			assertThat(second.equals(NEW.id())).isEqualTo(first.equals(NEW.id()));
			assertThat(second.equals(first)).isEqualTo(first.equals(NEW.id()));
		}
	}

	@Test
	void anEmptySubsetIsFilledWithAnyAndReportedOnce(CapturedOutput output) {
		this.fixture.instances(OLD, ALSO_OLD);
		this.fixture.rules("""
				route:
				  canary:
				    match: {service: inventory}
				    to: [{subset: {version: "2"}}]
				""");
		assertThat(this.fixture.counts(CALL, 100)).containsOnlyKeys(OLD.id(), ALSO_OLD.id());
		assertThat(this.fixture.status().empty()).containsExactly("route/canary version=2");
		assertThat(output.getAll()).containsOnlyOnce("rule=route/canary subset=\"version=2\" state=EMPTY");
		this.fixture.instances(OLD, ALSO_OLD, NEW);
		assertThat(this.fixture.status().empty()).isEmpty();
		assertThat(this.fixture.counts(CALL, 100)).containsOnlyKeys(NEW.id());
	}

	@Test
	void anEmptySubsetRejectsCallsWhereTheRuleSaysSo() {
		this.fixture.instances(OLD);
		this.fixture.rules("""
				route:
				  canary:
				    match: {service: inventory}
				    to: [{subset: {version: "2"}}]
				    on-empty: fail
				""");
		assertThatExceptionOfType(CallRejectedException.class).isThrownBy(() -> this.fixture.call(CALL))
			.satisfies((ex) -> {
				assertThat(ex.rejection().reason()).isEqualTo(Reason.NO_INSTANCE);
				assertThat(ex.rejection().rule()).isEqualTo("route/canary");
			});
	}

	@Test
	void anEmptySubsetIsReplacedByTheDefaultOne() {
		this.fixture.instances(OLD, instance(4, Map.of("version", "0")));
		this.fixture.rules("""
				route:
				  canary:
				    match: {service: inventory}
				    to: [{subset: {version: "2"}}]
				    on-empty: default
				    default-subset: {version: "1"}
				""");
		assertThat(this.fixture.counts(CALL, 50)).containsOnlyKeys(OLD.id());
	}

	@Test
	void theHeaderChangesOfARouteComeWithTheInstance() {
		this.fixture.instances(OLD);
		assertThat(this.fixture.select(CALL, null).headers().add()).isEmpty();
		this.fixture.rules("""
				route:
				  marked:
				    match: {service: inventory}
				    to: [{weight: 1}]
				    request-headers: {add: {x-canary: "yes"}, remove: [X-Debug]}
				""");
		SelectedInstance selected = this.fixture.select(CALL, null);
		assertThat(selected.headers().add()).containsExactly(Map.entry("x-canary", "yes"));
		assertThat(selected.headers().remove()).containsExactly("x-debug");
	}

	@Test
	void aLaneTakesItsCallsAndTheBaseLaneAllOthers() {
		Instance base = instance(1, Map.of());
		Instance blue = instance(2, Map.of("lane", "blue"));
		this.fixture.instances(base, blue);
		assertThat(this.fixture.counts(CALL, 50)).containsOnlyKeys(base.id());
		assertThat(this.fixture.counts(FakeCall.to("inventory").label("lane", "blue"), 50)).containsOnlyKeys(blue.id());
		assertThat(this.fixture.counts(FakeCall.to("inventory").label("lane", "green"), 50))
			.containsOnlyKeys(base.id());
	}

	@Test
	void theLaneOfACallIsAskedForOnlyWhereThereAreLanes() {
		AtomicInteger asked = new AtomicInteger();
		Call call = new LaneCall(asked);
		this.fixture.instances(OLD, NEW);
		this.fixture.call(call);
		assertThat(asked).hasValue(0);
		this.fixture.instances(OLD, instance(2, Map.of("lane", "blue")));
		this.fixture.call(call);
		assertThat(asked).hasValue(1);
	}

	@Test
	void callsPreferTheirZoneAndSpillOverWhenItIsTooSmall() {
		SelectionFixture zoned = new SelectionFixture("a");
		zoned.rules("""
				load-balancing:
				  zoned: {match: {service: inventory}, zone: {mode: prefer}}
				outlier-detection:
				  quick: {match: {service: inventory}, consecutive-errors: 1, max-ejected: 100, panic-threshold: 0}
				""");
		Instance near = instance(1, Map.of("zone", "a"));
		Instance alsoNear = instance(2, Map.of("zone", "a"));
		Instance far = instance(3, Map.of("zone", "b"));
		zoned.instances(near, alsoNear, far);
		assertThat(zoned.counts(CALL, 1_000)).containsOnlyKeys(near.id(), alsoNear.id());
		eject(zoned, near);
		Map<String, Integer> spilled = zoned.counts(CALL, 10_000);
		assertThat(spilled).containsOnlyKeys(alsoNear.id(), far.id());
		assertThat(spilled.get(alsoNear.id()) / 10_000.0).as("50 of 70 percent").isBetween(0.68, 0.75);
	}

	@Test
	void aRetryLeavesTheZoneWhereItHasNothingElse() {
		SelectionFixture zoned = new SelectionFixture("a");
		zoned.rules("load-balancing: {zoned: {match: {service: inventory}, zone: {mode: prefer}}}");
		zoned.instances(instance(1, Map.of("zone", "a")), instance(2, Map.of("zone", "b")));
		Attempts attempts = new Attempts();
		assertThat(zoned.end(zoned.select(CALL, attempts), 500)).isEqualTo("inventory-1");
		assertThat(zoned.end(zoned.select(CALL, attempts), 200)).isEqualTo("inventory-2");
	}

	@Test
	void theOwnServiceIsFollowedWhereARuleWantsToKnowItsZones() {
		SelectionFixture zoned = new SelectionFixture("a");
		zoned.source.with(new Instance("shop-1", "shop", "10.0.1.1", 80, false, Map.of("zone", "a")),
				new Instance("shop-2", "shop", "10.0.1.2", 80, false, Map.of("zone", "a")),
				new Instance("shop-3", "shop", "10.0.1.3", 80, false, Map.of("zone", "b")));
		zoned.instances(instance(1, Map.of("zone", "a")), instance(2, Map.of("zone", "b")));
		assertThat(zoned.source.isFollowed("shop")).isFalse();
		zoned.rules("load-balancing: {zoned: {match: {service: inventory}, zone: {mode: balanced}}}");
		assertThat(zoned.source.isFollowed("shop")).isTrue();
		double local = zoned.counts(CALL, 10_000).get("inventory-1") / 10_000.0;
		assertThat(local).as("1/2 of the hosts by 2/3 of the callers").isBetween(0.72, 0.78);
		zoned.source.lists("shop", new Instance("shop-1", "shop", "10.0.1.1", 80, false, Map.of("zone", "a")),
				new Instance("shop-3", "shop", "10.0.1.3", 80, false, Map.of("zone", "b")));
		zoned.timer.runAll();
		assertThat(zoned.counts(CALL, 100)).containsOnlyKeys("inventory-1");
	}

	@Test
	void attemptsAreCountedByDestinationAndTheSeriesGoWithTheRule() {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		new DiscoveryMeters(this.fixture.views, List.of()).bindTo(meters);
		this.fixture.instances(OLD, NEW);
		String split = "route: {split: {match: {service: inventory}, to: [{subset: {version: \"1\"}, weight: %d}, "
				+ "{subset: {version: \"2\"}, weight: 1}, {subset: {version: \"3\"}, weight: 0}]}}";
		this.fixture.rules(split.formatted(1));
		this.fixture.counts(CALL, 100);
		this.fixture.rules(split.formatted(2));
		Map<String, Integer> more = this.fixture.counts(CALL, 100);
		assertThat(routed(meters, "version=1") + routed(meters, "version=2")).isEqualTo(200);
		assertThat(routed(meters, "version=1")).isGreaterThan(more.get(OLD.id()));
		this.fixture.rules("{}");
		assertThat(meters.find("governance.route.attempts").meters()).isEmpty();
	}

	private static double routed(MeterRegistry meters, String subset) {
		return meters.get("governance.route.attempts")
			.tags("service", "inventory", "rule.id", "split", "subset", subset)
			.functionCounter()
			.count();
	}

	@Test
	void theRuleIsNamedOnlyWhereItIsToBlame() {
		this.fixture.rules("""
				route:
				  canary: {match: {service: inventory}, to: [{subset: {version: "2"}}], on-empty: fail}
				""");
		this.fixture.instances(OLD);
		assertThat(ruleThatRejects()).isEqualTo("route/canary");
		this.fixture.source.lists("inventory");
		assertThat(ruleThatRejects()).isNull();
	}

	private @Nullable String ruleThatRejects() {
		return catchThrowableOfType(CallRejectedException.class, () -> this.fixture.select(CALL, null)).rejection()
			.rule();
	}

	@Test
	void copiesThatNobodyTookGiveTheirPlacesBackWithTheAttempt() {
		this.fixture.instances(OLD);
		this.fixture.rules("""
				mirror:
				  all: {match: {service: inventory}, to: {service: shadow}, percent: 100, max-in-flight: 1}
				""");
		Attempts attempts = new Attempts();
		SelectedInstance selected = this.fixture.select(CALL, attempts);
		assertThat(this.fixture.engine.select(CALL).copies()).isEmpty();
		this.fixture.end(selected, 200);
		assertThat(this.fixture.engine.select(CALL).copies()).as("the only place is free again").hasSize(1);
	}

	private static void eject(SelectionFixture fixture, Instance instance) {
		SelectedInstance selected = fixture.select(CALL, null);
		while (!selected.instance().equals(instance)) {
			fixture.end(selected, 200);
			selected = fixture.select(CALL, null);
		}
		fixture.end(selected, 500);
		fixture.timer.runAll();
		assertThat(fixture.status().ejected()).containsExactly(instance.id());
	}

	private record LaneCall(AtomicInteger asked) implements Call {

		@Override
		public io.governance.policy.Direction direction() {
			return CALL.direction();
		}

		@Override
		public String service() {
			return CALL.service();
		}

		@Override
		public String method() {
			return CALL.method();
		}

		@Override
		public String path() {
			return CALL.path();
		}

		@Override
		public String header(String name) {
			return CALL.header(name);
		}

		@Override
		public String query(String name) {
			return CALL.query(name);
		}

		@Override
		public String label(String name) {
			this.asked.incrementAndGet();
			return null;
		}

	}

}
