// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.governance.context.Attempts;
import io.governance.discovery.ServiceView.State;
import io.governance.discovery.metrics.DiscoveryMeters;
import io.governance.metrics.GovernanceMeter;
import io.governance.policy.Call;
import io.governance.policy.CallRejectedException;
import io.governance.policy.Reason;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.governance.test.FakeCall;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static io.governance.discovery.ScriptedSource.instance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ServiceViews}.
 */
@ExtendWith(OutputCaptureExtension.class)
class ServiceViewsTests {

	private static final String SERVICE = "orders";

	private static final Call CALL = FakeCall.to(SERVICE);

	private static final Instance ONE = instance(SERVICE, 1);

	private static final Instance TWO = instance(SERVICE, 2);

	private static final Instance THREE = instance(SERVICE, 3);

	private final ScriptedSource source = new ScriptedSource();

	private final ManualTime time = new ManualTime();

	private final LaterTasks later = new LaterTasks();

	private final List<String> counted = new ArrayList<>();

	private final ServiceViews views = views();

	@Test
	void aServiceIsFollowedFromItsFirstUseOn() {
		assertThat(this.source.isFollowed(SERVICE)).isFalse();
		this.views.viewAsync(SERVICE);
		assertThat(this.source.isFollowed(SERVICE)).isTrue();
	}

	@Test
	void theFirstCallWaitsForTheFirstListOnlySoLong() {
		assertThatExceptionOfType(CallRejectedException.class).isThrownBy(() -> select(null))
			.satisfies((ex) -> assertThat(ex.rejection().reason()).isEqualTo(Reason.NO_INSTANCE));
	}

	@Test
	void anAsynchronousSelectionCompletesWithTheFirstList() {
		CompletableFuture<Instance> selected = this.views.selectAsync(CALL, null).thenApply(SelectedInstance::instance);
		assertThat(selected).isNotDone();
		this.source.lists(SERVICE, ONE);
		assertThat(selected).isCompletedWithValue(ONE);
	}

	@Test
	void anAsynchronousSelectionFailsAsTheBlockingOneDoes() {
		CompletableFuture<Instance> selected = this.views.selectAsync(CALL, null).thenApply(SelectedInstance::instance);
		this.source.fails(SERVICE);
		assertThat(selected).isCompletedExceptionally();
		assertThat(this.views.selectAsync(CALL, null).handle((none, error) -> error).join())
			.isInstanceOf(CallRejectedException.class);
	}

	@Test
	void instancesAreTakenInTurnAndEachAttemptIsCounted() {
		follow(ONE, TWO, THREE);
		assertThat(select(6)).containsExactly(ONE, TWO, THREE, ONE, TWO, THREE);
		assertThat(this.counted).containsExactly("orders-1", "orders-2", "orders-3", "orders-1", "orders-2",
				"orders-3");
	}

	@Test
	void whatWasTriedIsAvoidedUntilAllWereTried() {
		follow(ONE, TWO);
		Attempts attempts = new Attempts();
		assertThat(select(attempts)).isEqualTo(ONE);
		select(null);
		assertThat(select(attempts)).isEqualTo(TWO);
		assertThat(select(attempts)).isIn(ONE, TWO);
		assertThat(attempts.instances()).hasSize(3).startsWith("orders-1", "orders-2");
	}

	@Test
	void anInstanceThatRefusedAConnectionIsAvoidedForAWhile() {
		follow(ONE, TWO);
		refuse(ONE);
		assertThat(select(4)).containsOnly(TWO);
		this.later.runAll();
		assertThat(select(4)).containsOnly(TWO);
		this.time.advance(Duration.ofSeconds(30));
		this.later.runAll();
		assertThat(select(2)).containsExactlyInAnyOrder(ONE, TWO);
	}

	@Test
	void aRetryRatherRepeatsAnInstanceThanAskOneThatRefusedAConnection() {
		follow(ONE, TWO);
		refuse(ONE);
		Attempts attempts = new Attempts();
		attempts.add(TWO.id());
		assertThat(select(attempts)).isEqualTo(TWO);
	}

	@Test
	void whenAllRefusedConnectionsAllAreTaken() {
		follow(ONE, TWO);
		refuse(ONE);
		refuse(TWO);
		assertThat(select(2)).containsExactlyInAnyOrder(ONE, TWO);
	}

	@Test
	void anInstanceThatStartedAnewIsNotAvoidedAnyMore() {
		follow(ONE);
		refuse(ONE);
		Instance restarted = new Instance(ONE.id(), SERVICE, ONE.host(), ONE.port(), false, Map.of("start-time", "2"));
		this.source.lists(SERVICE, restarted, TWO);
		assertThat(select(2)).containsExactlyInAnyOrder(restarted, TWO);
	}

	@Test
	void theListStaysWhenTheRegistryIsAwayAndItsAgeIsSeen() {
		follow(ONE, TWO);
		long since = this.time.epochMillis();
		this.source.fails(SERVICE);
		this.time.advance(Duration.ofSeconds(90));
		this.source.fails(SERVICE);
		assertThat(select(2)).containsExactlyInAnyOrder(ONE, TWO);
		assertThat(this.views.status()).containsExactly(new ServiceStatus(SERVICE, State.STALE, 2,
				ServiceStatus.Selection.NONE, Duration.ofSeconds(90), since, "registry is away"));
	}

	@Test
	void aListThatIsTooOldIsGivenUp() {
		follow(ONE);
		this.source.fails(SERVICE);
		this.time.advance(Duration.ofMinutes(10));
		this.source.fails(SERVICE);
		assertThatExceptionOfType(CallRejectedException.class).isThrownBy(() -> select(null));
	}

	@Test
	void anEmptyListOfARegistryThatAnswersIsBelieved() {
		follow(ONE);
		this.source.lists(SERVICE);
		assertThat(this.views.view(SERVICE).size()).isZero();
		assertThat(this.views.view(SERVICE).state()).isEqualTo(State.LIVE);
	}

	@Test
	void afterAnOutageAbsentInstancesStayUntilTheyHaveHadTheTimeToComeBack() {
		follow(ONE, TWO);
		this.source.fails(SERVICE);
		this.source.lists(SERVICE);
		assertThat(this.views.view(SERVICE).instances()).containsExactly(ONE, TWO);
		this.source.lists(SERVICE, ONE);
		assertThat(this.views.view(SERVICE).state()).isEqualTo(State.RECOVERING);
		assertThat(this.views.view(SERVICE).instances()).containsExactly(ONE, TWO);
		this.later.runAll();
		assertThat(this.views.view(SERVICE).state()).isEqualTo(State.LIVE);
		assertThat(this.views.view(SERVICE).instances()).containsExactly(ONE);
	}

	@Test
	void anInstanceThatCameBackAndThenLeavesIsGone() {
		follow(ONE, TWO);
		this.source.lists(SERVICE, 1, true, ONE);
		this.source.lists(SERVICE, TWO);
		assertThat(this.views.view(SERVICE).instances()).containsExactly(TWO);
	}

	@Test
	void aSecondOutageStartsTheWaitAnew() {
		follow(ONE, TWO);
		this.source.fails(SERVICE);
		this.source.lists(SERVICE);
		Runnable endOfFirstWait = this.later.take();
		this.source.fails(SERVICE);
		this.source.lists(SERVICE, ONE);
		endOfFirstWait.run();
		assertThat(this.views.view(SERVICE).instances()).containsExactly(ONE, TWO);
		this.later.runAll();
		assertThat(this.views.view(SERVICE).instances()).containsExactly(ONE);
	}

	@Test
	void noMoreServicesThanAllowedAreFollowedAndThatIsSaidOnce(CapturedOutput output) {
		this.views.viewAsync("a");
		this.views.viewAsync("b");
		assertThat(this.views.selectAsync(FakeCall.to("c"), null)).isCompletedExceptionally();
		assertThat(this.views.selectAsync(FakeCall.to("d"), null)).isCompletedExceptionally();
		assertThat(this.source.isFollowed("c")).isFalse();
		assertThat(output.getAll()).containsOnlyOnce("governance.discovery.view.maximum-services");
	}

	@Test
	void anInstanceThatCannotBeReachedIsSaidOnceAndThatItIsBackToo(CapturedOutput output) {
		follow(ONE, TWO);
		List<SelectedInstance> attempts = IntStream.range(0, 10_000).mapToObj((i) -> attemptAt(ONE)).toList();
		SelectedInstance late = attemptAt(ONE);
		attempts.forEach(ServiceViewsTests::refuse);
		this.time.advance(Duration.ofSeconds(20));
		this.views.forgetUnused();
		refuse(late);
		assertThat(output.getAll()).containsOnlyOnce("state=AVOIDED").doesNotContain("state=BACK");
		this.time.advance(Duration.ofMinutes(2));
		this.later.runAll();
		this.views.forgetUnused();
		this.views.forgetUnused();
		assertThat(output.getAll()).containsOnlyOnce("instance=" + ONE.id() + " state=BACK");
		refuse(ONE);
		assertThat(output.getAll().split("state=AVOIDED")).hasSize(3);
	}

	@Test
	void theNumberOfAvoidedInstancesIsAMeter() {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		new DiscoveryMeters(this.views, List.of()).bindTo(meters);
		follow(ONE, TWO, THREE);
		assertThat(avoided(meters)).isZero();
		refuse(ONE);
		this.time.advance(Duration.ofSeconds(20));
		refuse(TWO);
		assertThat(avoided(meters)).isEqualTo(2);
		this.time.advance(Duration.ofSeconds(20));
		assertThat(avoided(meters)).isOne();
		this.source.lists(SERVICE, ONE, THREE);
		assertThat(avoided(meters)).isZero();
	}

	private static double avoided(MeterRegistry meters) {
		return meters.get(GovernanceMeter.DISCOVERY_LIST_AVOIDED.meterName()).tag("service", SERVICE).gauge().value();
	}

	@Test
	void aServiceWithoutInstancesThatNobodyAsksForIsForgottenAndMakesRoom() {
		this.views.viewAsync("a");
		this.views.viewAsync(SERVICE);
		this.views.forgetUnused();
		this.time.advance(Duration.ofMinutes(5));
		this.views.viewAsync("a");
		this.views.forgetUnused();
		assertThat(this.source.isFollowed("a")).isTrue();
		assertThat(this.source.isFollowed(SERVICE)).isFalse();
		follow(ONE);
		assertThat(select(null)).isEqualTo(ONE);
	}

	@Test
	void aServiceWithInstancesIsNotForgotten() {
		follow(ONE);
		this.views.forgetUnused();
		this.time.advance(Duration.ofHours(1));
		this.views.forgetUnused();
		assertThat(this.source.isFollowed(SERVICE)).isTrue();
		this.source.lists(SERVICE);
		this.views.forgetUnused();
		assertThat(this.source.isFollowed(SERVICE)).isFalse();
	}

	@Test
	void aSelectionTouchesTheSameViewObjectAsLongAsNothingChanges() {
		follow(ONE, TWO);
		ServiceView before = this.views.view(SERVICE);
		this.source.lists(SERVICE, TWO, ONE);
		assertThat(this.views.view(SERVICE)).isSameAs(before);
	}

	private ServiceViews views() {
		ViewSettings settings = new ViewSettings(Duration.ofMillis(20), Duration.ofMinutes(10), Duration.ofSeconds(15),
				Duration.ofSeconds(30), 2, Duration.ofMinutes(5), true);
		return new ServiceViews(this.source, settings, Selections.withoutRules(), new Counting(), this.time,
				this.later);
	}

	private void follow(Instance... instances) {
		this.source.with(instances);
		this.views.viewAsync(SERVICE);
	}

	private List<Instance> select(int times) {
		return Stream.generate(() -> select(null)).limit(times).toList();
	}

	private Instance select(@Nullable Attempts attempts) {
		return this.views.select(CALL, attempts).instance();
	}

	private void refuse(Instance instance) {
		refuse(attemptAt(instance));
	}

	private static void refuse(SelectedInstance attempt) {
		attempt.failed(new ConnectException("refused"), false);
	}

	private SelectedInstance attemptAt(Instance instance) {
		return Stream.generate(() -> this.views.select(CALL, null))
			.limit(10)
			.filter((selected) -> selected.instance().equals(instance))
			.findFirst()
			.orElseThrow();
	}

	private final class Counting implements AttemptCounters {

		@Override
		public Runnable counter(Instance instance) {
			return () -> ServiceViewsTests.this.counted.add(instance.id());
		}

		@Override
		public void gone(Instance instance) {
		}

	}

}
