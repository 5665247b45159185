// SPDX-License-Identifier: Apache-2.0

package io.governance.match;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * An immutable open-addressing table from literal path segments to values, looked up by a
 * region of the path so that matching makes no strings. Linear probing at a load of at
 * most one half; hashes are spread, since those of names that are numbered one by one
 * would lie side by side and make long runs.
 *
 * @param <V> the values
 */
final class SegmentTable<V> {

	private final @Nullable String[] keys;

	private final @Nullable Object[] values;

	private final int mask;

	private final int shift;

	SegmentTable(Map<String, V> entries) {
		int capacity = Integer.highestOneBit(Math.max(1, entries.size()) * 2) << 1;
		this.keys = new @Nullable String[capacity];
		this.values = new @Nullable Object[capacity];
		this.mask = capacity - 1;
		this.shift = Integer.numberOfLeadingZeros(this.mask);
		entries.forEach((key, value) -> {
			int slot = slot(key.hashCode());
			while (this.keys[slot] != null) {
				slot = (slot + 1) & this.mask;
			}
			this.keys[slot] = key;
			this.values[slot] = value;
		});
	}

	private int slot(int hash) {
		return (hash * 0x9E3779B9) >>> this.shift;
	}

	@SuppressWarnings("unchecked")
	@Nullable V get(String path, int start, int end) {
		int hash = 0;
		for (int i = start; i < end; i++) {
			hash = 31 * hash + path.charAt(i);
		}
		int slot = slot(hash);
		for (String key = this.keys[slot]; key != null; key = this.keys[slot]) {
			if (key.length() == end - start && path.regionMatches(start, key, 0, key.length())) {
				return (V) this.values[slot];
			}
			slot = (slot + 1) & this.mask;
		}
		return null;
	}

}
