// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.caching;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;

/**
 * A bean that Spring caches.
 */
class Library {

	private final AtomicInteger calls;

	Library(AtomicInteger calls) {
		this.calls = calls;
	}

	@Cacheable("books")
	public String book(String id) {
		return id + this.calls.incrementAndGet();
	}

	@Cacheable(cacheNames = "books", sync = true)
	public String sync(String id) {
		return id + this.calls.incrementAndGet();
	}

	@Cacheable("books")
	public @Nullable String none(String id) {
		this.calls.incrementAndGet();
		return null;
	}

	@Cacheable("books")
	public Mono<String> mono(String id) {
		return Mono.fromSupplier(() -> id + this.calls.incrementAndGet());
	}

	@Cacheable(cacheNames = "books", sync = true)
	public CompletableFuture<String> future(String id) {
		return CompletableFuture.completedFuture(id + this.calls.incrementAndGet());
	}

	@CachePut("books")
	public String put(String id) {
		return id + "put";
	}

	@CacheEvict("books")
	public void evict(String id) {
		// only forgets
	}

	@CacheEvict(cacheNames = "books", allEntries = true)
	public void clear() {
		// only forgets
	}

}
