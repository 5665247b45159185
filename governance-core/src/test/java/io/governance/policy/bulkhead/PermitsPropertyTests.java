// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.bulkhead;

import java.util.List;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import static org.assertj.core.api.Assertions.assertThat;

class PermitsPropertyTests {

	@Property(tries = 300)
	void areAlwaysAsManyAsWantedLessThoseThatAreOut(@ForAll @Size(max = 40) List<@IntRange(max = 29) Integer> moves) {
		Permits permits = new Permits("p", 3);
		int wanted = 3;
		int out = 0;
		for (int move : moves) {
			if (move < 10) {
				wanted = 1 + move;
				permits.resize(wanted);
			}
			else if (move < 20) {
				boolean free = out < wanted;
				assertThat(permits.tryAcquire()).isEqualTo(free);
				out += free ? 1 : 0;
			}
			else if (out > 0) {
				permits.release();
				out--;
			}
			assertThat(permits.used()).isEqualTo(out);
		}
		assertThat(PermitsTests.takeAll(permits)).isEqualTo(Math.max(0, wanted - out));
	}

}
