// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.caching;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;

/**
 * Spring's caches, kept as {@code cache} rules say: those with {@code match.service} the
 * name of the cache. A cache that no rule names keeps nothing. Values are kept for the
 * principal that asks, unless the rule shares them. Thread-safe.
 */
public final class GovernedCaches implements CacheManager {

	private final CacheSettings settings;

	/** As many as the program names. */
	private final Map<String, GovernedCache> caches = new ConcurrentHashMap<>();

	/**
	 * Creates it.
	 * @param settings what caches work with
	 */
	public GovernedCaches(CacheSettings settings) {
		this.settings = settings;
	}

	@Override
	public Cache getCache(String name) {
		return this.caches.computeIfAbsent(name, (missing) -> new GovernedCache(missing, this.settings));
	}

	@Override
	public Collection<String> getCacheNames() {
		return List.copyOf(new TreeSet<>(this.caches.keySet()));
	}

	/**
	 * The caches used so far, for people.
	 * @return the names; empty where there is none
	 */
	public String description() {
		Collection<String> names = getCacheNames();
		return names.isEmpty() ? "" : "Spring caches " + names;
	}

}
