// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.concurrencylimit;

import io.governance.policy.Call.Priority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class InFlightTests {

	private final InFlight inFlight = new InFlight();

	private int fill(Priority priority, Room room) {
		int entered = 0;
		while (this.inFlight.tryEnter(priority, room) > 0) {
			entered++;
		}
		return entered;
	}

	@ParameterizedTest(name = "limit {0} of shares {1}: {2} critical, {3} default, {4} sheddable")
	@CsvSource({ "20, 0.6/0.4/0, 12, 8, 1", "5.9, 0.6/0.4/0, 3, 2, 1", "1, 0.6/0.4/0, 1, 1, 1",
			"100, 0.07/0.29/0.57, 7, 29, 57", "3, 0.1/0.1/0.1, 1, 1, 1", "0.2, 1/0/0, 1, 1, 1",
			"7, 0.5/0.3/0.2, 4, 3, 2" })
	void partOfAPriorityIsItsShareRoundedUp(double limit, String shares, int critical, int normal, int sheddable) {
		assertThat(Room.of(limit, LimitTestBed.rule("shares=" + shares)))
			.isEqualTo(new Room(Math.max(1, (int) limit), critical, normal, sheddable));
	}

	@ParameterizedTest
	@EnumSource(Priority.class)
	void anyPriorityMayFillTheLimit(Priority priority) {
		assertThat(fill(priority, new Room(10, 5, 4, 1))).isEqualTo(10);
		assertThat(this.inFlight.of(priority)).isEqualTo(10);
		assertThat(this.inFlight.total()).isEqualTo(10);
	}

	@Test
	void othersHaveTheirPartWhenItIsFull() {
		Room room = new Room(10, 5, 4, 1);
		assertThat(fill(Priority.SHEDDABLE, room)).isEqualTo(10);
		assertThat(fill(Priority.CRITICAL, room)).isEqualTo(5);
		assertThat(fill(Priority.DEFAULT, room)).isEqualTo(4);
		assertThat(fill(Priority.SHEDDABLE, room)).isZero();
		assertThat(this.inFlight.total()).isEqualTo(19);
	}

	@Test
	void whoeverComesNextHasTheRoomThatIsLeft() {
		Room room = new Room(10, 5, 4, 1);
		fill(Priority.SHEDDABLE, room);
		fill(Priority.DEFAULT, room);
		for (int i = 0; i < 5; i++) {
			this.inFlight.leave(Priority.SHEDDABLE);
		}
		assertThat(fill(Priority.SHEDDABLE, room)).isEqualTo(1);
		assertThat(fill(Priority.DEFAULT, room)).isZero();
	}

	@Test
	void saysHowManyThereAreThen() {
		Room room = new Room(2, 1, 1, 1);
		assertThat(this.inFlight.tryEnter(Priority.DEFAULT, room)).isEqualTo(1);
		assertThat(this.inFlight.tryEnter(Priority.DEFAULT, room)).isEqualTo(2);
		assertThat(this.inFlight.tryEnter(Priority.DEFAULT, room)).isZero();
		assertThat(this.inFlight.tryEnter(Priority.CRITICAL, room)).isEqualTo(3);
	}

	@Test
	void countsOfPrioritiesDoNotTouch() {
		Room room = new Room(1_000_000, 1, 1, 1);
		for (int i = 0; i < 100_000; i++) {
			for (Priority priority : Priority.values()) {
				this.inFlight.tryEnter(priority, room);
			}
		}
		for (int i = 0; i < 100_000; i++) {
			this.inFlight.leave(Priority.DEFAULT);
		}
		assertThat(this.inFlight.of(Priority.CRITICAL)).isEqualTo(100_000);
		assertThat(this.inFlight.of(Priority.DEFAULT)).isZero();
		assertThat(this.inFlight.of(Priority.SHEDDABLE)).isEqualTo(100_000);
	}

}
