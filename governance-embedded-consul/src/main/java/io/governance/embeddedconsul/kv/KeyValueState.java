// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.kv;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;

import io.governance.embeddedconsul.store.Change;
import io.governance.embeddedconsul.store.Watched;

/**
 * All entries at one moment. Immutable. Remembers the latest deletions, so that a watch
 * of a prefix notices them.
 *
 * @param entries entries by key
 * @param deleted index of deletion by key, bounded
 * @param deletedBefore no forgotten deletion has a higher index
 * @param index index of the last change
 */
public record KeyValueState(NavigableMap<String, KeyValue> entries, NavigableMap<String, Long> deleted,
		long deletedBefore, long index) {

	/** No entry at all. */
	public static final KeyValueState EMPTY = new KeyValueState(new TreeMap<>(), new TreeMap<>(), 0, 0);

	private static final int REMEMBERED_DELETIONS = 1000;

	/**
	 * Watches one key.
	 * @param key the key
	 * @return what changes with this key only
	 */
	public static Watched<KeyValueState> key(String key) {
		return new Watched<>((state) -> {
			KeyValue entry = state.entries.get(key);
			return (entry != null) ? entry.modifyIndex() : state.index;
		}, (state) -> {
			KeyValue entry = state.entries.get(key);
			return (entry != null) ? entry.modifyIndex() : 0;
		});
	}

	/**
	 * Watches all keys with a prefix.
	 * @param prefix the prefix, empty for all
	 * @return what changes with these keys only
	 */
	public static Watched<KeyValueState> prefix(String prefix) {
		return new Watched<>((state) -> {
			long index = state.prefixIndex(prefix);
			return (index != 0) ? index : state.index;
		}, (state) -> state.prefixIndex(prefix));
	}

	/**
	 * The entries whose keys have a prefix.
	 * @param prefix the prefix, empty for all
	 * @return in the order of their keys
	 */
	public List<KeyValue> under(String prefix) {
		return this.entries.tailMap(prefix, true)
			.values()
			.stream()
			.takeWhile((entry) -> entry.key().startsWith(prefix))
			.toList();
	}

	Change<KeyValueState> put(String key, String value, long flags, long expected, LongSupplier indexes) {
		KeyValue known = this.entries.get(key);
		if (expected != KeyValues.ANY && expected != ((known != null) ? known.modifyIndex() : 0)) {
			return new Change<>(this, false);
		}
		if (known != null && known.holds(value, flags)) {
			return Change.to(this);
		}
		long next = indexes.getAsLong();
		NavigableMap<String, KeyValue> entries = new TreeMap<>(this.entries);
		entries.put(key, new KeyValue(key, value, flags, (known != null) ? known.createIndex() : next, next));
		return Change.to(new KeyValueState(entries, this.deleted, this.deletedBefore, next));
	}

	Change<KeyValueState> delete(String key, long expected, LongSupplier indexes) {
		KeyValue known = this.entries.get(key);
		if (known == null) {
			return Change.to(this);
		}
		if (expected != KeyValues.ANY && expected != known.modifyIndex()) {
			return new Change<>(this, false);
		}
		return Change.to(without(List.of(known), indexes.getAsLong()));
	}

	Change<KeyValueState> deleteUnder(String prefix, LongSupplier indexes) {
		List<KeyValue> doomed = under(prefix);
		return Change.to(doomed.isEmpty() ? this : without(doomed, indexes.getAsLong()));
	}

	private KeyValueState without(List<KeyValue> doomed, long next) {
		NavigableMap<String, KeyValue> entries = new TreeMap<>(this.entries);
		NavigableMap<String, Long> deleted = new TreeMap<>(this.deleted);
		for (KeyValue entry : doomed) {
			entries.remove(entry.key());
			deleted.put(entry.key(), next);
		}
		if (deleted.size() > REMEMBERED_DELETIONS) {
			return new KeyValueState(entries, new TreeMap<>(), next, next);
		}
		return new KeyValueState(entries, deleted, this.deletedBefore, next);
	}

	private long prefixIndex(String prefix) {
		long highest = this.deletedBefore;
		for (KeyValue entry : under(prefix)) {
			highest = Math.max(highest, entry.modifyIndex());
		}
		for (var deletion : this.deleted.tailMap(prefix, true).entrySet()) {
			if (!deletion.getKey().startsWith(prefix)) {
				break;
			}
			highest = Math.max(highest, deletion.getValue());
		}
		return highest;
	}

}
