// SPDX-License-Identifier: Apache-2.0

package io.governance.keyed;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

import io.governance.match.CallKey;
import io.governance.policy.FakeCall;
import io.governance.time.ManualTimeSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class KeyedStatesTests {

	private static final Duration SWEEP = Duration.ofMillis(100);

	private final ManualTimeSource time = new ManualTimeSource();

	private final LongAdder overflow = new LongAdder();

	private final KeyedStates<Counted> states = new KeyedStates<>(CallKey.parse("service"), 2, this.time, this.overflow,
			Counted::new);

	@Test
	void oneStatePerKey() {
		assertThat(of("a")).isSameAs(of("a")).isNotSameAs(of("b"));
		assertThat(this.overflow.sum()).isZero();
	}

	@Test
	void keysBeyondTheBoundShareAState() {
		of("a");
		of("b");
		assertThat(of("c").key).isEqualTo(KeyedStates.SHARED);
		assertThat(of("d")).isSameAs(of("c"));
		assertThat(of("a").key).isEqualTo("a");
		assertThat(this.overflow.sum()).isEqualTo(3);
	}

	@Test
	void whatIsIdleMakesRoomAndIsTold() {
		Counted a = of("a");
		Counted b = of("b");
		of("c");
		b.idle = true;
		this.time.advance(SWEEP);
		assertThat(of("c").key).isEqualTo("c");
		assertThat(b.dropped).isTrue();
		assertThat(a.dropped).isFalse();
		assertThat(of("a")).isSameAs(a);
	}

	@Test
	void aFloodSweepsNowAndThenOnly() {
		of("a");
		of("b");
		of("c");
		of("a").idle = true;
		assertThat(of("d").key).isEqualTo(KeyedStates.SHARED);
		this.time.advance(SWEEP);
		assertThat(of("d").key).isEqualTo("d");
	}

	@Test
	void whatIsIdleStaysWhileThereIsRoom() {
		Counted a = of("a");
		a.idle = true;
		this.time.advance(Duration.ofDays(1));
		assertThat(of("a")).isSameAs(a);
	}

	@Test
	void describesSoManyAndCountsTheRest() {
		KeyedStates<Counted> many = new KeyedStates<>(CallKey.parse("service"), 1_000, this.time, this.overflow,
				Counted::new);
		for (int i = 0; i < KeyedStates.DESCRIBED; i++) {
			many.of(FakeCall.to("s" + i));
		}
		assertThat(many.describe((state) -> "x")).startsWith("s0=x s1=x s10=x").doesNotContain("more");
		many.of(FakeCall.to("zz1"));
		many.of(FakeCall.to("zz2"));
		assertThat(many.describe((state) -> "x")).doesNotContain("zz").endsWith("=x and 2 more");
	}

	private Counted of(String service) {
		return this.states.of(FakeCall.to(service));
	}

	private static final class Counted implements KeyedState {

		private final String key;

		private boolean idle;

		private boolean dropped;

		Counted(String key) {
			this.key = key;
		}

		@Override
		public boolean isIdle() {
			return this.idle;
		}

		@Override
		public void dropped() {
			this.dropped = true;
		}

	}

}
