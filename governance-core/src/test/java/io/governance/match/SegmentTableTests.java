// SPDX-License-Identifier: Apache-2.0

package io.governance.match;

import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SegmentTableTests {

	private static SegmentTable<Integer> numbered(String format, int count) {
		Map<String, Integer> entries = new HashMap<>();
		for (int i = 0; i < count; i++) {
			entries.put(String.format(Locale.ROOT, format, i), i);
		}
		return new SegmentTable<>(entries);
	}

	@Test
	void emptyTableHoldsNothing() {
		SegmentTable<Integer> table = new SegmentTable<>(Map.of());
		assertThat(table.get("a", 0, 1)).isNull();
		assertThat(table.get("", 0, 0)).isNull();
	}

	@Test
	void looksUpARegion() {
		SegmentTable<Integer> table = new SegmentTable<>(Map.of("orders", 1, "", 2));
		assertThat(table.get("/orders/7", 1, 7)).isEqualTo(1);
		assertThat(table.get("/orders/7", 1, 6)).isNull();
		assertThat(table.get("/orders/7", 1, 8)).isNull();
		assertThat(table.get("/orders/7", 3, 3)).isEqualTo(2);
	}

	@Test
	void tellsEqualHashesApart() {
		assertThat("Aa").hasSameHashCodeAs("BB");
		SegmentTable<Integer> table = new SegmentTable<>(Map.of("AaAa", 1, "BBBB", 2, "AaBB", 3));
		assertThat(table.get("AaAa", 0, 4)).isEqualTo(1);
		assertThat(table.get("BBBB", 0, 4)).isEqualTo(2);
		assertThat(table.get("AaBB", 0, 4)).isEqualTo(3);
		assertThat(table.get("BBAa", 0, 4)).isNull();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 1_000 })
	void holdsAllItWasGiven(int count) {
		SegmentTable<Integer> table = numbered("s%d", count);
		for (int i = 0; i < count; i++) {
			String key = "s" + i;
			assertThat(table.get(key, 0, key.length())).isEqualTo(i);
		}
		assertThat(table.get("s" + count, 0, ("s" + count).length())).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "%d", "orders%d", "t%05d", "service-%d-api" })
	void lookUpOfTenThousandNumberedNamesTakesAFewProbes(String format) throws ReflectiveOperationException {
		assertThat(longestRun(numbered(format, 10_000))).isLessThan(32);
	}

	private static int longestRun(SegmentTable<?> table) throws ReflectiveOperationException {
		Field field = SegmentTable.class.getDeclaredField("keys");
		field.setAccessible(true);
		int longest = 0;
		int run = 0;
		for (Object key : (Object[]) field.get(table)) {
			run = (key != null) ? run + 1 : 0;
			longest = Math.max(longest, run);
		}
		return longest;
	}

}
