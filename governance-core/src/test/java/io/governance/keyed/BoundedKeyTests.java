// SPDX-License-Identifier: Apache-2.0

package io.governance.keyed;

import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BoundedKeyTests {

	private static final String LONGEST = "k".repeat(BoundedKey.MAX_LENGTH);

	@Test
	void keyOfUpToTheBoundStaysAsItIs() {
		assertThat(BoundedKey.of("")).isEmpty();
		assertThat(BoundedKey.of("ann")).isSameAs("ann");
		assertThat(BoundedKey.of(LONGEST)).isSameAs(LONGEST);
	}

	@Test
	void longerKeyIsKeptAsItsBeginningAndAHash() {
		String bounded = BoundedKey.of(LONGEST + "k");
		assertThat(bounded).hasSize(64 + 1 + 64).startsWith("k".repeat(64) + "#");
		assertThat(BoundedKey.of(LONGEST + "k")).isEqualTo(bounded);
		assertThat(BoundedKey.of("k".repeat(1_000_000))).hasSameSizeAs(bounded);
	}

	@Test
	void longKeysStayApart() {
		Set<String> bounded = new HashSet<>();
		for (int i = 0; i < 1_000; i++) {
			bounded.add(BoundedKey.of(LONGEST + i));
		}
		bounded.add(BoundedKey.of(LONGEST + '\ud800'));
		bounded.add(BoundedKey.of(LONGEST + '\ud801'));
		assertThat(bounded).hasSize(1_002);
	}

}
