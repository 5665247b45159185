// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.caching;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.governance.context.LabelSource;
import io.governance.engine.PolicyEngine;
import io.governance.execution.cache.CacheRule;
import io.governance.execution.cache.CacheRuleType;
import io.governance.match.Match;
import io.governance.policy.Enforcement;
import io.governance.resilience.local.PrincipalSource;
import io.governance.rule.EnforcementOverrides;
import io.governance.rule.RuleDefinition;
import io.governance.rule.RuleSet;
import io.governance.test.ManualTimeSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.cache.Cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class GovernedCacheTests {

	private final ManualTimeSource time = new ManualTimeSource();

	private final PolicyEngine engine = new PolicyEngine("orders", this.time, () -> 0L);

	private final GovernedCaches manager = new GovernedCaches(
			new CacheSettings(this.engine, this.time, PrincipalSource.NONE, LabelSource.NONE));

	private final Cache cache = Objects.requireNonNull(this.manager.getCache("books"));

	GovernedCacheTests() {
		apply(EnforcementOverrides.NONE);
	}

	private void apply(EnforcementOverrides overrides) {
		CacheRule rule = new CacheRule(Match.service("books"), null, 0, Duration.ofMinutes(5), null, null, null, null,
				null, null, false);
		this.engine.apply(new RuleSet("test", List.of(new RuleDefinition<>(new CacheRuleType(), "books", rule, "test")),
				overrides));
	}

	private void switchedOff(boolean off) {
		apply(off ? new EnforcementOverrides(Enforcement.ENFORCED, Map.of("cache", Enforcement.OFF))
				: EnforcementOverrides.NONE);
	}

	private @Nullable Object kept(Object key) {
		Cache.ValueWrapper found = this.cache.get(key);
		return (found != null) ? found.get() : null;
	}

	@Test
	void theKillSwitchPassesItByAndWhatIsUntouchedIsThereAfterwards() {
		this.cache.put("a", "kept");
		switchedOff(true);
		assertThat(kept("a")).isNull();
		assertThat(this.cache.get("a", () -> "loaded")).isEqualTo("loaded");
		switchedOff(false);
		assertThat(kept("a")).isEqualTo("kept");
	}

	@Test
	void whatIsForgottenOrPutWhileItIsSwitchedOffIsNotThereAfterwards() {
		this.cache.put("a", "old");
		switchedOff(true);
		this.cache.evict("a");
		switchedOff(false);
		assertThat(kept("a")).isNull();
		this.cache.put("a", "newer");
		switchedOff(true);
		this.cache.put("a", "newest");
		switchedOff(false);
		assertThat(kept("a")).isNull();
	}

	@Test
	void tellsTypesAndWhetherAnythingWasThere() {
		this.cache.put("a", "text");
		assertThat(this.cache.get("a", String.class)).isEqualTo("text");
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> this.cache.get("a", Integer.class))
			.withMessage("cache books: a value of java.lang.String (expected: java.lang.Integer)");
		assertThat(this.cache.evictIfPresent("a")).isTrue();
		assertThat(this.cache.evictIfPresent("a")).isFalse();
		assertThat(this.cache.putIfAbsent("a", "first")).isNull();
		assertThat(Objects.requireNonNull(this.cache.putIfAbsent("a", "second")).get()).isEqualTo("first");
		assertThat(this.cache.invalidate()).isTrue();
		assertThat(this.manager.getCacheNames()).containsExactly("books");
		assertThat(this.manager.description()).isEqualTo("Spring caches [books]");
		assertThat(this.manager.getCache("books")).isSameAs(this.cache);
	}

	@Test
	void aLoaderThatFailsKeepsNothing() {
		assertThatExceptionOfType(Cache.ValueRetrievalException.class).isThrownBy(() -> this.cache.get("a", () -> {
			throw new IllegalStateException("failing");
		})).withRootCauseInstanceOf(IllegalStateException.class);
		assertThat(this.cache.retrieve("a", () -> CompletableFuture.failedFuture(new IllegalStateException())))
			.isCompletedExceptionally();
		assertThat(this.cache.retrieve("a", () -> {
			throw new IllegalStateException();
		})).isCompletedExceptionally();
		assertThat(this.cache.get("a", () -> "loaded")).isEqualTo("loaded");
		assertThat(kept("a")).isEqualTo("loaded");
	}

	@Test
	void ofLoadersForTheSameOneRuns() throws Exception {
		AtomicInteger loads = new AtomicInteger();
		CountDownLatch under = new CountDownLatch(1);
		CountDownLatch go = new CountDownLatch(1);
		ExecutorService threads = Executors.newFixedThreadPool(2);
		try {
			Future<Object> first = threads.submit(() -> this.cache.get("a", () -> {
				loads.incrementAndGet();
				under.countDown();
				go.await();
				return "loaded";
			}));
			assertThat(under.await(5, TimeUnit.SECONDS)).isTrue();
			Future<Object> second = threads.submit(() -> this.cache.get("a", () -> "own" + loads.incrementAndGet()));
			CompletableFuture<Object> third = this.cache.retrieve("a",
					() -> CompletableFuture.completedFuture("own" + loads.incrementAndGet()));
			assertThat(third).isNotDone();
			go.countDown();
			assertThat(first.get()).isEqualTo("loaded");
			assertThat(second.get()).isEqualTo("loaded");
			assertThat(third.get()).isEqualTo("loaded");
			assertThat(loads).hasValue(1);
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void aFutureIsKeptWhenItIsThere() {
		CompletableFuture<String> loaded = new CompletableFuture<>();
		CompletableFuture<String> first = this.cache.retrieve("a", () -> loaded);
		CompletableFuture<String> second = this.cache.retrieve("a", () -> CompletableFuture.completedFuture("own"));
		assertThat(this.cache.retrieve("a")).isNull();
		loaded.complete("loaded");
		assertThat(first).isCompletedWithValue("loaded");
		assertThat(second).isCompletedWithValue("loaded");
		assertThat(kept("a")).isEqualTo("loaded");
		assertThat(Objects.requireNonNull(this.cache.retrieve("a"))).isCompleted();
	}

	@Test
	void whatIsLoadedWhileItIsForgottenIsNotKept() {
		CompletableFuture<String> old = new CompletableFuture<>();
		CompletableFuture<String> first = this.cache.retrieve("a", () -> old);
		this.cache.evict("a");
		old.complete("old");
		assertThat(first).isCompletedWithValue("old");
		assertThat(kept("a")).isNull();
	}

}
