// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.caching;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import io.governance.answer.Answer;
import io.governance.context.CallContext;
import io.governance.execution.AnswerCache;
import io.governance.execution.CacheTurn;
import org.jspecify.annotations.Nullable;

import org.springframework.cache.Cache;
import org.springframework.cache.support.SimpleValueWrapper;

/**
 * One of Spring's caches, kept as the {@code cache} rule says that names it. Where none
 * does, it keeps nothing. Thread-safe.
 */
final class GovernedCache implements Cache {

	private final String name;

	private final CacheSettings settings;

	/**
	 * Grows with each change that no rule saw: what was kept before it is not found any
	 * more when a rule acts again.
	 */
	private final AtomicLong missed = new AtomicLong();

	GovernedCache(String name, CacheSettings settings) {
		this.name = name;
		this.settings = settings;
	}

	@Override
	public String getName() {
		return this.name;
	}

	@Override
	public Object getNativeCache() {
		return this;
	}

	private CacheCall call(Object key) {
		return new CacheCall(this.name, new Subject(key, this.missed.get()), this.settings.principals().current(),
				CallContext.current(), this.settings.labels());
	}

	private List<AnswerCache> caches(CacheCall call) {
		return this.settings.engine().plan(call).caches();
	}

	@Override
	public @Nullable ValueWrapper get(Object key) {
		CacheCall call = call(key);
		for (AnswerCache cache : caches(call)) {
			Answer found = cache.find(call);
			if (found != null) {
				return new SimpleValueWrapper(found.value());
			}
		}
		return null;
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> @Nullable T get(Object key, @Nullable Class<T> type) {
		ValueWrapper found = get(key);
		Object value = (found != null) ? found.get() : null;
		if (value != null && type != null && !type.isInstance(value)) {
			throw new IllegalStateException("cache " + this.name + ": a value of " + value.getClass().getName()
					+ " (expected: " + type.getName() + ")");
		}
		return (T) value;
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> @Nullable T get(Object key, Callable<T> loader) {
		Loading loading = loading(key);
		boolean ended = false;
		try {
			CacheTurn turn = loading.turn();
			while (turn instanceof CacheTurn.Wait wait) {
				turn = loading.after(wait, await(wait, loading));
			}
			T value = (turn instanceof CacheTurn.Hit hit) ? (T) hit.answer().value() : load(key, loader, loading);
			ended = true;
			return value;
		}
		finally {
			if (!ended) {
				loading.failed(Thread.currentThread().isInterrupted());
			}
		}
	}

	private Loading loading(Object key) {
		CacheCall call = call(key);
		return new Loading(call, caches(call), this.settings);
	}

	private static <T> @Nullable T load(Object key, Callable<T> loader, Loading loading) {
		T value;
		try {
			value = loader.call();
		}
		catch (Exception ex) {
			throw new ValueRetrievalException(key, loader, ex);
		}
		loading.loaded(value);
		return value;
	}

	private static CacheTurn.@Nullable Shared await(CacheTurn.Wait wait, Loading loading) {
		try {
			return wait.end().get(loading.waitNanos(wait), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			return null;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			CancellationException interrupted = new CancellationException("interrupted while waiting for a value");
			interrupted.initCause(ex);
			throw interrupted;
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("another call for the same failed", ex.getCause());
		}
	}

	@Override
	public @Nullable CompletableFuture<?> retrieve(Object key) {
		ValueWrapper found = get(key);
		return (found != null) ? CompletableFuture.completedFuture(found) : null;
	}

	@Override
	public <T> CompletableFuture<T> retrieve(Object key, Supplier<CompletableFuture<T>> loader) {
		Loading loading = loading(key);
		return this.<T>follow(loading.turn(), loader, loading).whenComplete((value, error) -> {
			if (error != null) {
				loading.failed(error instanceof CancellationException);
			}
		});
	}

	@SuppressWarnings("unchecked")
	private <T> CompletableFuture<T> follow(CacheTurn turn, Supplier<CompletableFuture<T>> loader, Loading loading) {
		if (turn instanceof CacheTurn.Hit hit) {
			return CompletableFuture.completedFuture((T) hit.answer().value());
		}
		if (turn instanceof CacheTurn.Wait wait) {
			// of a copy: others wait for the same
			return wait.end()
				.copy()
				.completeOnTimeout(null, loading.waitNanos(wait), TimeUnit.NANOSECONDS)
				.thenCompose((shared) -> follow(loading.after(wait, shared), loader, loading));
		}
		try {
			return loader.get().whenComplete((value, error) -> {
				if (error == null) {
					loading.loaded(value);
				}
			});
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	@Override
	public void put(Object key, @Nullable Object value) {
		CacheCall call = call(key);
		Answer answer = Loading.answer(value);
		List<AnswerCache> caches = caches(call);
		if (caches.isEmpty()) {
			this.missed.incrementAndGet();
		}
		caches.forEach((cache) -> cache.keep(call, answer));
	}

	@Override
	public void evict(Object key) {
		evictIfPresent(key);
	}

	@Override
	public boolean evictIfPresent(Object key) {
		CacheCall call = call(key);
		return forget(call, call.subject());
	}

	@Override
	public void clear() {
		invalidate();
	}

	@Override
	public boolean invalidate() {
		return forget(call(""), null);
	}

	private boolean forget(CacheCall call, @Nullable Object subject) {
		List<AnswerCache> caches = caches(call);
		if (caches.isEmpty()) {
			this.missed.incrementAndGet();
		}
		boolean any = false;
		for (AnswerCache cache : caches) {
			any |= cache.forget(this.name, subject);
		}
		return any;
	}

	/**
	 * A key, of the time since nobody changed anything behind the back of the rules.
	 */
	private record Subject(Object key, long missed) {
	}

}
