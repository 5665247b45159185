// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.circuitbreaker;

import io.governance.policy.Call;
import io.governance.policy.Decision;
import io.governance.policy.FakeCall;
import io.governance.policy.Permit;
import io.governance.policy.Policy;
import io.governance.policy.Policy.Forecast;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.policy.circuitbreaker.CircuitBreakerRule.Force;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ForcedBreakerTests {

	private final BreakerTestBed breaker = new BreakerTestBed(BreakerTestBed.forced(null));

	private Policy changed(Policy running, @Nullable Force before, @Nullable Force after) {
		return this.breaker.type.inherit(running, BreakerTestBed.forced(before), BreakerTestBed.forced(after),
				this.breaker.context.context());
	}

	private static Decision ask(Policy policy) {
		return policy.tryAcquire(FakeCall.to("inventory"));
	}

	@Test
	void forcedOpenRejectsEverything() {
		BreakerTestBed open = new BreakerTestBed(BreakerTestBed.forced(Force.OPEN));
		assertThat(open.reject()).isEqualTo(new Rejection(Reason.CIRCUIT_OPEN, "circuit-breaker/b", 0));
		open.time.advanceSeconds(3_600);
		assertThat(open.admits()).isFalse();
		assertThat(open.state()).isEqualTo("forced open");
		assertThat(open.context.counted("opened")).isZero();
	}

	@Test
	void forcedClosedAdmitsEverythingAndHoldsNothing() {
		BreakerTestBed closed = new BreakerTestBed(BreakerTestBed.forced(Force.CLOSED));
		closed.calls(100, BreakerTestBed.FAILED);
		assertThat(ask(closed.policy)).isSameAs(Decision.ADMITTED);
		assertThat(closed.state()).isEqualTo("forced closed");
	}

	@Test
	void ownStateIsKeptToAndFro() {
		this.breaker.calls(4, BreakerTestBed.FAILED);
		Policy closed = changed(this.breaker.policy, null, Force.CLOSED);
		assertThat(ask(closed)).isSameAs(Decision.ADMITTED);
		assertThat(closed.state()).isEqualTo("forced closed inventory=OPEN");
		Policy open = changed(closed, Force.CLOSED, Force.OPEN);
		assertThat(ask(open)).isInstanceOf(Decision.Rejected.class);
		Policy free = changed(open, Force.OPEN, null);
		assertThat(free.state()).isEqualTo("inventory=OPEN");
		assertThat(ask(free)).isInstanceOf(Decision.Rejected.class);
		this.breaker.time.advanceSeconds(11);
		assertThat(ask(free)).isInstanceOf(Decision.Admitted.class);
		assertThat(free.state()).isEqualTo("inventory=HALF_OPEN");
	}

	@Test
	void probesThatEndWhileForcedMakeRoomForOthers() {
		this.breaker.openAndWait();
		Permit first = this.breaker.admit();
		Permit second = this.breaker.admit();
		Policy forced = changed(this.breaker.policy, null, Force.OPEN);
		assertThat(ask(forced)).isInstanceOf(Decision.Rejected.class);
		first.release(BreakerTestBed.CANCELLED);
		second.release(BreakerTestBed.OK);
		Policy free = changed(forced, Force.OPEN, null);
		((Decision.Admitted) ask(free)).permit().release(BreakerTestBed.OK);
		assertThat(free.state()).isEqualTo("inventory=CLOSED");
	}

	@Test
	void aPolicyThatIsForcedGoesOnWithTheStateAndAnotherRuleDoesNot() {
		Policy forced = changed(this.breaker.policy, null, Force.OPEN);
		assertThat(forced).isNotSameAs(this.breaker.policy);
		assertThat(forced.continues(this.breaker.policy)).isTrue();
		assertThat(new BreakerTestBed().policy.continues(this.breaker.policy)).isFalse();
		assertThat(forced.continues(new Other())).isFalse();
	}

	private static final class Other implements Policy {

		@Override
		public Decision tryAcquire(Call call) {
			return Decision.ADMITTED;
		}

		@Override
		public Forecast foresee(Call call) {
			return Forecast.admit("");
		}

	}

}
