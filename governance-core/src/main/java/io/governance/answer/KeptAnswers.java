// SPDX-License-Identifier: Apache-2.0

package io.governance.answer;

import java.util.OptionalLong;
import java.util.function.Predicate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.governance.policy.Call;
import org.jspecify.annotations.Nullable;

/**
 * Kept answers by key: so many at most, and so many bytes. What is used least makes room.
 * How large the value of a method is nobody can tell: it takes its share. Thread-safe.
 */
public final class KeptAnswers {

	/** What the key of a request takes. */
	private static final int KEY = 64;

	private final Cache<Object, KeptAnswer> byKey;

	private final long maxBytes;

	/** An entry weighs its share of the bytes at least, so that both bounds hold. */
	private final long leastWeight;

	/**
	 * Creates an empty store.
	 * @param maxEntries how many answers at most
	 * @param maxBytes how many bytes at most
	 */
	public KeptAnswers(int maxEntries, long maxBytes) {
		this.maxBytes = maxBytes;
		this.leastWeight = Math.max(1, (maxBytes + maxEntries - 1) / maxEntries);
		this.byKey = Caffeine.newBuilder()
			.executor(Runnable::run)
			.maximumWeight(maxBytes)
			.weigher((Object key, KeptAnswer kept) -> weight(key, kept))
			.build();
	}

	private int weight(Object key, KeptAnswer kept) {
		return (int) Math.min(Integer.MAX_VALUE, Math.max(this.leastWeight, KEY + kept.bytes()));
	}

	/**
	 * Finds what was kept for a call.
	 * @param key the call's key
	 * @param call the call
	 * @return the answer; {@code null} where there is none that suits
	 */
	public @Nullable KeptAnswer find(Object key, Call call) {
		KeptAnswer kept = this.byKey.getIfPresent(key);
		return (kept != null && kept.suits(call)) ? kept : null;
	}

	/**
	 * Keeps an answer in place of what was kept before.
	 * @param key the call's key
	 * @param kept the answer
	 */
	public void keep(Object key, KeptAnswer kept) {
		this.byKey.put(key, kept);
	}

	/**
	 * Forgets an answer that is too old.
	 * @param key the call's key
	 * @param kept the answer; a newer one stays
	 */
	public void forget(Object key, KeptAnswer kept) {
		this.byKey.asMap().remove(key, kept);
	}

	/**
	 * Forgets some.
	 * @param which says of a key whether it goes
	 * @return whether anything was there
	 */
	public boolean forget(Predicate<Object> which) {
		return this.byKey.asMap().keySet().removeIf(which);
	}

	/**
	 * Forgets all.
	 */
	public void clear() {
		this.byKey.invalidateAll();
	}

	/**
	 * Describes the store, for operators.
	 * @return such as {@code entries=3 weight=900/1000}
	 */
	public String describe() {
		this.byKey.cleanUp();
		OptionalLong weight = this.byKey.policy()
			.eviction()
			.map((bounds) -> bounds.weightedSize())
			.orElse(OptionalLong.empty());
		return "entries=" + this.byKey.estimatedSize() + " weight=" + weight.orElse(0) + "/" + this.maxBytes;
	}

}
