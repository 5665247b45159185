// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.bulkhead;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.governance.keyed.KeyedStates;
import io.governance.policy.Decision;
import io.governance.policy.FakeCall;
import io.governance.policy.Outcome;
import io.governance.policy.Permit;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class BulkheadPolicyTests {

	private final BulkheadTestBed bulkhead = new BulkheadTestBed(2, 0);

	@Test
	void letsSoManyCallsBeUnderWay() {
		Permit first = this.bulkhead.admit();
		this.bulkhead.admit();
		assertThat(this.bulkhead.reject()).isEqualTo(new Rejection(Reason.BULKHEAD_FULL, "bulkhead/b", 0));
		assertThat(this.bulkhead.state()).isEqualTo("inventory=2/2");
		first.release(BulkheadTestBed.OK);
		assertThat(this.bulkhead.state()).isEqualTo("inventory=1/2");
		this.bulkhead.admit();
		assertThat(this.bulkhead.ask()).isInstanceOf(Decision.Rejected.class);
	}

	@ParameterizedTest
	@EnumSource(Outcome.Kind.class)
	void permitComesBackHoweverTheCallEnds(Outcome.Kind kind) {
		this.bulkhead.admit();
		this.bulkhead.admit().release(new Outcome(kind, 0, false, null, 1));
		assertThat(this.bulkhead.state()).isEqualTo("inventory=1/2");
		this.bulkhead.admit();
	}

	@Test
	void eachServiceHasItsOwn() {
		this.bulkhead.admit();
		this.bulkhead.admit();
		assertThat(this.bulkhead.ask(FakeCall.to("payments"))).isInstanceOf(Decision.Admitted.class);
		assertThat(this.bulkhead.state()).isEqualTo("inventory=2/2 payments=1/2");
	}

	@Test
	void eachKeyHasItsOwn() {
		BulkheadTestBed byUser = new BulkheadTestBed(BulkheadTestBed.rule("header:x-user", 1, 0, 10));
		assertThat(byUser.ask(FakeCall.to("a").header("x-user", "1"))).isInstanceOf(Decision.Admitted.class);
		assertThat(byUser.ask(FakeCall.to("b").header("x-user", "1"))).isInstanceOf(Decision.Rejected.class);
		assertThat(byUser.ask(FakeCall.to("a").header("x-user", "2"))).isInstanceOf(Decision.Admitted.class);
	}

	@Test
	void keysWithoutRoomShareOneAndAreCounted() {
		BulkheadTestBed narrow = new BulkheadTestBed(BulkheadTestBed.rule("service", 1, 0, 2));
		narrow.ask(FakeCall.to("a"));
		narrow.ask(FakeCall.to("b"));
		assertThat(narrow.ask(FakeCall.to("c"))).isInstanceOf(Decision.Admitted.class);
		assertThat(narrow.ask(FakeCall.to("d"))).isInstanceOf(Decision.Rejected.class);
		assertThat(narrow.context.counted("overflow")).isEqualTo(2);
	}

	@Test
	void onlyWhatHoldsNothingMakesRoom() {
		BulkheadTestBed narrow = new BulkheadTestBed(BulkheadTestBed.rule("service", 1, 0, 2));
		narrow.ask(FakeCall.to("a"));
		((Decision.Admitted) narrow.ask(FakeCall.to("b"))).permit().release(BulkheadTestBed.OK);
		narrow.time.advance(Duration.ofSeconds(1));
		narrow.ask(FakeCall.to("c"));
		assertThat(narrow.state()).isEqualTo("a=1/1 c=1/1");
		assertThat(narrow.context.counted("overflow")).isZero();
	}

	@Test
	void aMillionKeysLeaveAFew() {
		BulkheadTestBed byUser = new BulkheadTestBed(BulkheadTestBed.rule("header:x-user", 1, 0, 100));
		int admitted = 0;
		for (int i = 0; i < 1_000_000; i++) {
			admitted += (byUser.ask(FakeCall.to("a").header("x-user", "u" + i)) instanceof Decision.Admitted) ? 1 : 0;
		}
		assertThat(admitted).isEqualTo(101);
		assertThat(byUser.state()).endsWith(" and 50 more").doesNotContain(KeyedStates.SHARED + "=");
	}

	@Test
	void admissionsAndRejectionsAreShared() {
		Decision first = this.bulkhead.ask();
		assertThat(this.bulkhead.ask()).isSameAs(first);
		Decision full = this.bulkhead.ask();
		assertThat(this.bulkhead.ask()).isSameAs(full);
	}

	@Test
	void aLargerNumberLetsMoreInAndKeepsWhatIsUnderWay() {
		this.bulkhead.admit();
		this.bulkhead.admit();
		this.bulkhead.change(BulkheadTestBed.rule(3, 0));
		this.bulkhead.admit();
		assertThat(this.bulkhead.ask()).isInstanceOf(Decision.Rejected.class);
		assertThat(this.bulkhead.state()).isEqualTo("inventory=3/3");
	}

	@Test
	void aSmallerNumberLetsNothingInUntilEnoughHasEnded() {
		BulkheadTestBed wide = new BulkheadTestBed(5, 0);
		List<Permit> underway = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			underway.add(wide.admit());
		}
		wide.change(BulkheadTestBed.rule(2, 0));
		for (int i = 0; i < 3; i++) {
			assertThat(wide.ask()).isInstanceOf(Decision.Rejected.class);
			assertThat(wide.state()).isEqualTo("inventory=" + (5 - i) + "/2");
			underway.remove(0).release(BulkheadTestBed.OK);
		}
		assertThat(wide.ask()).isInstanceOf(Decision.Rejected.class);
		underway.remove(0).release(BulkheadTestBed.OK);
		wide.admit();
		assertThat(wide.ask()).isInstanceOf(Decision.Rejected.class);
	}

	@Test
	void aSetThatIsNotPutInForceChangesNothing() {
		BulkheadRule other = BulkheadTestBed.rule(5, 0);
		this.bulkhead.type.inherit(this.bulkhead.policy, BulkheadTestBed.rule(2, 0), other,
				this.bulkhead.context.context());
		this.bulkhead.admit();
		this.bulkhead.admit();
		assertThat(this.bulkhead.ask()).isInstanceOf(Decision.Rejected.class);
	}

	@Test
	void aCallOfTheOldRulesDoesNotUndoTheNewNumbers() {
		BulkheadTestBed old = new BulkheadTestBed(2, 0);
		var before = old.policy;
		old.change(BulkheadTestBed.rule(4, 0));
		old.admit();
		before.tryAcquire(FakeCall.to("inventory"));
		old.admit();
		old.admit();
		assertThat(before.tryAcquire(FakeCall.to("inventory"))).isInstanceOf(Decision.Rejected.class);
	}

}
