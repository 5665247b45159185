// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.time.Duration;
import java.util.List;

import io.governance.discovery.ServiceView.State;
import org.junit.jupiter.api.Test;

import static io.governance.discovery.ScriptedSource.instance;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what {@link ServiceViews} do where all instances are unhealthy.
 */
class ZeroProtectionTests {

	private static final String SERVICE = "orders";

	private static final Instance ONE = instance(SERVICE, 1);

	private static final Instance TWO = instance(SERVICE, 2);

	private static final Instance THREE = instance(SERVICE, 3);

	private final ScriptedSource source = new ScriptedSource();

	private final ManualTime time = new ManualTime();

	private final ServiceViews views = views(true);

	@Test
	void whenAllTurnUnhealthyTheLastHealthyOnesStay() {
		follow(ONE, TWO);
		this.source.lists(SERVICE, 2, false);
		assertThat(view().state()).isEqualTo(State.ALL_UNHEALTHY);
		assertThat(view().instances()).containsExactly(ONE, TWO);
		this.source.lists(SERVICE, 2, false, TWO);
		assertThat(view().instances()).containsExactly(TWO);
	}

	@Test
	void thoseThatTurnedUnhealthyAShortWhileBeforeTheLastOneStayToo() {
		follow(ONE, TWO, THREE);
		this.source.listsWithUnhealthy(SERVICE, List.of(TWO, THREE), ONE);
		assertThat(view().instances()).containsExactly(TWO, THREE);
		this.time.advance(Duration.ofSeconds(10));
		this.source.listsWithUnhealthy(SERVICE, List.of(THREE), ONE, TWO);
		assertThat(view().state()).isEqualTo(State.LIVE);
		this.time.advance(Duration.ofSeconds(10));
		this.source.listsUnhealthy(SERVICE, ONE, TWO, THREE);
		assertThat(view().state()).isEqualTo(State.ALL_UNHEALTHY);
		assertThat(view().instances()).containsExactly(ONE, TWO, THREE);
		this.time.advance(Duration.ofHours(1));
		this.source.listsUnhealthy(SERVICE, ONE, TWO, THREE);
		assertThat(view().instances()).containsExactly(ONE, TWO, THREE);
	}

	@Test
	void thoseThatWereUnhealthyForLongDoNotStayWithTheLastHealthyOnes() {
		follow(ONE, TWO, THREE);
		this.source.listsWithUnhealthy(SERVICE, List.of(TWO, THREE), ONE);
		this.time.advance(LastHealthy.AT_ONCE.plusMillis(1));
		this.source.listsUnhealthy(SERVICE, ONE, TWO, THREE);
		assertThat(view().instances()).containsExactly(TWO, THREE);
	}

	@Test
	void anInstanceThatIsHealthyAgainEndsTheProtection() {
		follow(ONE, TWO);
		this.source.listsUnhealthy(SERVICE, ONE, TWO);
		this.source.listsWithUnhealthy(SERVICE, List.of(TWO), ONE);
		assertThat(view().state()).isEqualTo(State.LIVE);
		assertThat(view().instances()).containsExactly(TWO);
	}

	@Test
	void whenAllTurnUnhealthyCallsAreRejectedWhereTheUserWantsThat() {
		ServiceViews unprotected = views(false);
		unprotected.viewAsync(SERVICE);
		this.source.lists(SERVICE, ONE, TWO);
		this.source.lists(SERVICE, 2, false);
		assertThat(unprotected.view(SERVICE).state()).isEqualTo(State.LIVE);
		assertThat(unprotected.view(SERVICE).size()).isZero();
	}

	@Test
	void anInstanceThatLeftDoesNotStayWhereTheOthersAreUnhealthy() {
		follow(ONE, TWO);
		this.source.listsUnhealthy(SERVICE, TWO, THREE);
		assertThat(view().state()).isEqualTo(State.ALL_UNHEALTHY);
		assertThat(view().instances()).containsExactly(TWO);
		this.source.listsUnhealthy(SERVICE, THREE);
		assertThat(view().state()).isEqualTo(State.LIVE);
		assertThat(view().size()).isZero();
	}

	@Test
	void anInstanceThatAnOperatorTookOutIsNotCalledEvenIfThereIsNoOther() {
		follow(ONE, TWO);
		this.source.withdraws(SERVICE, TWO, ONE);
		assertThat(view().state()).isEqualTo(State.ALL_UNHEALTHY);
		assertThat(view().instances()).containsExactly(TWO);
		this.source.withdraws(SERVICE, null, ONE, TWO);
		assertThat(view().state()).isEqualTo(State.LIVE);
		assertThat(view().size()).isZero();
	}

	@Test
	void anInstanceThatWasTakenOutDuringAnOutageDoesNotStay() {
		follow(ONE, TWO);
		this.source.fails(SERVICE);
		this.source.withdraws(SERVICE, null, ONE);
		assertThat(view().instances()).containsExactly(TWO);
	}

	private ServiceView view() {
		return this.views.view(SERVICE);
	}

	private void follow(Instance... instances) {
		this.source.with(instances);
		this.views.viewAsync(SERVICE);
	}

	private ServiceViews views(boolean zeroProtection) {
		ViewSettings settings = new ViewSettings(Duration.ofMillis(20), Duration.ofMinutes(10), Duration.ofSeconds(15),
				Duration.ofSeconds(30), 2, Duration.ofMinutes(5), zeroProtection);
		return new ServiceViews(this.source, settings, Selections.withoutRules(), AttemptCounters.NONE, this.time,
				new LaterTasks());
	}

}
