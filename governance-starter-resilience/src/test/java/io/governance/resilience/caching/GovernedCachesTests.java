// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.caching;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.governance.autoconfigure.GovernanceAutoConfiguration;
import io.governance.autoconfigure.GovernanceTrustAutoConfiguration;
import io.governance.resilience.autoconfigure.GovernanceCacheManagerAutoConfiguration;
import io.governance.resilience.autoconfigure.GovernanceLocalAutoConfiguration;
import io.governance.resilience.local.PrincipalSource;
import io.governance.test.ManualTimeSource;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.cache.support.NoOpCacheManager;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class GovernedCachesTests {

	private final ManualTimeSource time = new ManualTimeSource();

	private final AtomicInteger calls = new AtomicInteger();

	private final AtomicReference<@Nullable Object> principal = new AtomicReference<>(PrincipalSource.NOBODY);

	private ApplicationContextRunner runner(String... properties) {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(GovernanceAutoConfiguration.class,
					GovernanceTrustAutoConfiguration.class, GovernanceLocalAutoConfiguration.class,
					GovernanceCacheManagerAutoConfiguration.class, CacheAutoConfiguration.class))
			.withUserConfiguration(Caching.class)
			.withBean(Library.class, () -> new Library(this.calls))
			.withBean(TimeSource.class, () -> this.time)
			.withBean(PrincipalSource.class, () -> this.principal::get)
			.withPropertyValues(properties);
	}

	private void run(Scenario scenario, String... more) {
		String[] rule = { "governance.resilience.cache-manager.enabled=true",
				"governance.rules.cache.books.match.service=books", "governance.rules.cache.books.ttl=100s",
				"governance.rules.cache.books.negative-ttl=10s" };
		runner(Stream.of(rule, more).flatMap(Stream::of).toArray(String[]::new))
			.run((context) -> scenario.run(context.getBean(Library.class)));
	}

	@Test
	void isThereOnlyWhereItIsAskedForAndNothingElseIs() {
		runner()
			.run((context) -> assertThat(context).getBean(CacheManager.class).isNotInstanceOf(GovernedCaches.class));
		String enabled = "governance.resilience.cache-manager.enabled=true";
		runner(enabled)
			.run((context) -> assertThat(context).getBean(CacheManager.class).isInstanceOf(GovernedCaches.class));
		runner(enabled, "spring.cache.type=none")
			.run((context) -> assertThat(context).getBean(CacheManager.class).isInstanceOf(NoOpCacheManager.class));
		runner(enabled).withBean("own", CacheManager.class, ConcurrentMapCacheManager::new)
			.run((context) -> assertThat(context).hasSingleBean(CacheManager.class).hasBean("own"));
	}

	@Test
	void aValueIsKeptForItsTime() {
		run((library) -> {
			assertThat(library.book("a")).isEqualTo("a1");
			this.time.advance(Duration.ofSeconds(94));
			assertThat(library.book("a")).isEqualTo("a1");
			assertThat(library.book("b")).isEqualTo("b2");
			this.time.advance(Duration.ofSeconds(12));
			assertThat(library.book("a")).isEqualTo("a3");
		});
	}

	@Test
	void nullIsKeptForLessLong() {
		run((library) -> {
			library.none("a");
			assertThat(library.none("a")).isNull();
			assertThat(this.calls).hasValue(1);
			this.time.advance(Duration.ofSeconds(11));
			library.none("a");
			assertThat(this.calls).hasValue(2);
		});
	}

	@Test
	void allKindsOfMethodsAreCached() {
		run((library) -> {
			assertThat(library.sync("a")).isEqualTo("a1");
			assertThat(library.sync("a")).isEqualTo("a1");
			assertThat(library.mono("b").block()).isEqualTo("b2");
			assertThat(library.mono("b").block()).isEqualTo("b2");
			assertThat(library.future("c").join()).isEqualTo("c3");
			assertThat(library.future("c").join()).isEqualTo("c3");
		});
	}

	@Test
	void whatIsPutOrForgottenIsSoForAll() {
		run((library) -> {
			library.put("a");
			assertThat(library.book("a")).isEqualTo("aput");
			this.principal.set("bob");
			assertThat(library.book("a")).isEqualTo("a1");
			library.evict("a");
			assertThat(library.book("a")).isEqualTo("a2");
			this.principal.set(PrincipalSource.NOBODY);
			assertThat(library.book("a")).isEqualTo("a3");
			library.clear();
			assertThat(library.book("a")).isEqualTo("a4");
		});
	}

	@Test
	void nobodyGetsWhatWasKeptForAnother() {
		run((library) -> {
			this.principal.set("ann");
			assertThat(library.book("a")).isEqualTo("a1");
			assertThat(library.sync("b")).isEqualTo("b2");
			this.principal.set("bob");
			assertThat(library.book("a")).isEqualTo("a3");
			assertThat(library.sync("b")).isEqualTo("b4");
			this.principal.set(null);
			assertThat(library.book("a")).isEqualTo("a5");
			assertThat(library.book("a")).isEqualTo("a6");
			this.principal.set("ann");
			assertThat(library.book("a")).isEqualTo("a1");
		});
	}

	@Test
	void whatARuleSharesEverybodyGets() {
		run((library) -> {
			this.principal.set("ann");
			library.book("a");
			this.principal.set(null);
			assertThat(library.book("a")).isEqualTo("a1");
		}, "governance.rules.cache.books.shared=true");
	}

	@Test
	void withoutARuleOrInShadowNothingIsKept() {
		run((library) -> {
			library.book("a");
			assertThat(library.book("a")).isEqualTo("a2");
			assertThat(library.sync("a")).isEqualTo("a3");
		}, "governance.rules.cache.books.match.service=other");
		run((library) -> {
			library.book("a");
			assertThat(library.book("a")).isEqualTo("a5");
		}, "governance.rules.cache.books.enforcement=SHADOW");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableCaching
	static class Caching {

	}

	@FunctionalInterface
	interface Scenario {

		void run(Library library);

	}

}
