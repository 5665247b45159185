// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.kv;

import java.util.function.LongSupplier;

import io.governance.embeddedconsul.store.Store;
import io.governance.time.TimeSource;

/**
 * The key/value store. Thread-safe.
 */
public final class KeyValues {

	/** Takes the place of an expected index: do not compare. */
	public static final long ANY = -1;

	private final LongSupplier indexes;

	private final Store<KeyValueState> store;

	/**
	 * A store with a first content.
	 * @param initial the content to start with
	 * @param time the clock that ends blocking queries
	 * @param indexes gives a larger number each time
	 */
	public KeyValues(KeyValueState initial, TimeSource time, LongSupplier indexes) {
		this.indexes = indexes;
		this.store = new Store<>(initial, time);
	}

	/**
	 * The state and the queries that wait for it.
	 * @return the store, for reading
	 */
	public Store<KeyValueState> store() {
		return this.store;
	}

	/**
	 * Writes an entry. Writing what is there already changes nothing.
	 * @param key the key
	 * @param value the bytes in base64
	 * @param flags a number of the client's
	 * @param expected write only if the entry has this index, 0 for "does not exist", or
	 * {@link #ANY}
	 * @return whether the expectation held
	 */
	public boolean put(String key, String value, long flags, long expected) {
		return this.store.update((state) -> state.put(key, value, flags, expected, this.indexes));
	}

	/**
	 * Deletes an entry; a missing one is no error.
	 * @param key the key
	 * @param expected delete only if the entry has this index, or {@link #ANY}
	 * @return whether the expectation held
	 */
	public boolean delete(String key, long expected) {
		return this.store.update((state) -> state.delete(key, expected, this.indexes));
	}

	/**
	 * Deletes all entries with a prefix.
	 * @param prefix the prefix, empty for all
	 */
	public void deleteUnder(String prefix) {
		this.store.update((state) -> state.deleteUnder(prefix, this.indexes));
	}

}
