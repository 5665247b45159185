// SPDX-License-Identifier: Apache-2.0

package io.governance.match;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * An immutable open-addressing table from literal path segments to values, looked up by a
 * region of the path so that matching makes no strings. Linear probing at a load of at
 * most one half.
 *
 * @param <V> the values
 */
final class SegmentTable<V> {

	private final @Nullable String[] keys;

	private final @Nullable Object[] values;

	private final int mask;

	SegmentTable(Map<String, V> entries) {
		int capacity = Integer.highestOneBit(Math.max(1, entries.size()) * 2) << 1;
		this.keys = new @Nullable String[capacity];
		this.values = new @Nullable Object[capacity];
		this.mask = capacity - 1;
		entries.forEach((key, value) -> {
			int slot = key.hashCode() & this.mask;
			while (this.keys[slot] != null) {
				slot = (slot + 1) & this.mask;
			}
			this.keys[slot] = key;
			this.values[slot] = value;
		});
	}

	@SuppressWarnings("unchecked")
	@Nullable V get(String path, int start, int end) {
		int hash = 0;
		for (int i = start; i < end; i++) {
			hash = 31 * hash + path.charAt(i);
		}
		int slot = hash & this.mask;
		for (String key = this.keys[slot]; key != null; key = this.keys[slot]) {
			if (key.length() == end - start && path.regionMatches(start, key, 0, key.length())) {
				return (V) this.values[slot];
			}
			slot = (slot + 1) & this.mask;
		}
		return null;
	}

}
