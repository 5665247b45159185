// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.method;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.governance.resilience.local.PrincipalSource;
import io.governance.test.ManualTimeSource;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.User;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class GovernedCacheTests {

	private static final String[] RULE = { "cache.catalogue.match.service=catalogue", "cache.catalogue.ttl=100s",
			"cache.catalogue.negative-ttl=10s" };

	private final Catalogue target = new Catalogue();

	private final ManualTimeSource time = new ManualTimeSource();

	private final AtomicReference<@Nullable Object> principal = new AtomicReference<>(PrincipalSource.NOBODY);

	private void run(String[] rules, Scenario scenario) {
		GovernedFixture.runner(rules)
			.withBean(Catalogue.class, () -> this.target)
			.withBean(TimeSource.class, () -> this.time)
			.withBean(PrincipalSource.class, () -> this.principal::get)
			.run((context) -> scenario.run(context.getBean(Catalogue.class)));
	}

	private static String[] with(String... more) {
		return Stream.of(RULE, more).flatMap(Stream::of).toArray(String[]::new);
	}

	@Test
	void aResultIsGivenAgainUntilItsTimeIsUp() {
		run(RULE, (catalogue) -> {
			assertThat(catalogue.text("a")).isEqualTo("text 1");
			this.time.advance(Duration.ofSeconds(94));
			assertThat(catalogue.text("a")).isEqualTo("text 1");
			this.time.advance(Duration.ofSeconds(12));
			assertThat(catalogue.text("a")).isEqualTo("text 2");
		});
	}

	@Test
	void argumentsTellCallsApartByEqualsAndArraysByTheirElements() {
		run(RULE, (catalogue) -> {
			assertThat(catalogue.text("a", List.of(1))).isEqualTo("text 1");
			assertThat(catalogue.text("a", new ArrayList<>(List.of(1)))).isEqualTo("text 1");
			assertThat(catalogue.text("b", List.of(1))).isEqualTo("text 2");
			assertThat(catalogue.text(null, new int[] { 1 })).isEqualTo("text 3");
			assertThat(catalogue.text(null, new int[] { 1 })).isEqualTo("text 3");
			assertThat(catalogue.text(null, new int[] { 2 })).isEqualTo("text 4");
			assertThat(catalogue.text()).isEqualTo("text 5");
		});
	}

	@Test
	void overloadsAndOtherBeansAreOtherMethods() {
		GovernedFixture.runner(RULE)
			.withBean("one", Catalogue.class)
			.withBean("two", Catalogue.class)
			.withBean(PrincipalSource.class, () -> PrincipalSource.NONE)
			.run((context) -> {
				Catalogue one = context.getBean("one", Catalogue.class);
				assertThat(one.text(Integer.valueOf(1))).isEqualTo("number 1");
				assertThat(one.text((Number) Integer.valueOf(1))).isEqualTo("any number 2");
				assertThat(context.getBean("two", Catalogue.class).text(Integer.valueOf(1))).isEqualTo("number 1");
			});
	}

	@Test
	void whatAnArgumentBecomesLaterGivesNobodyAnothersResult() {
		run(RULE, (catalogue) -> {
			List<String> ids = new ArrayList<>(List.of("a"));
			assertThat(catalogue.text(ids)).isEqualTo("text 1");
			ids.set(0, "b");
			assertThat(catalogue.text(ids)).isEqualTo("text 2");
			assertThat(catalogue.text(List.of("a"))).isEqualTo("text 3");
		});
	}

	@Test
	void thatThereIsNothingIsKeptForLessLong() {
		run(RULE, (catalogue) -> {
			assertThat(catalogue.nothing("a")).isNull();
			assertThat(catalogue.nothing("a")).isNull();
			assertThat(catalogue.maybe("a")).isEmpty();
			assertThat(catalogue.maybe("a")).isEmpty();
			assertThat(catalogue.empty().blockOptional()).isEmpty();
			assertThat(catalogue.empty().blockOptional()).isEmpty();
			assertThat(this.target.calls).hasValue(3);
			this.time.advance(Duration.ofSeconds(11));
			catalogue.nothing("a");
			catalogue.maybe("a");
			catalogue.empty().block();
			assertThat(this.target.calls).hasValue(6);
		});
	}

	@Test
	void nothingIsNotKeptWhereTheRuleSaysSo() {
		run(with("cache.catalogue.negative-ttl=0s"), (catalogue) -> {
			catalogue.nothing("a");
			catalogue.nothing("a");
			assertThat(this.target.calls).hasValue(2);
		});
	}

	@Test
	void publishersAndStagesAreKept() {
		run(RULE, (catalogue) -> {
			assertThat(catalogue.mono("a").block()).isEqualTo("a1");
			assertThat(catalogue.mono("a").block()).isEqualTo("a1");
			assertThat(catalogue.stage("a").join()).isEqualTo("a2");
			assertThat(catalogue.stage("a").join()).isEqualTo("a2");
			assertThat(catalogue.numbers(3).collectList().block()).containsExactly(3, 4, 5);
			assertThat(catalogue.numbers(3).collectList().block()).containsExactly(3, 4, 5);
			assertThat(this.target.calls).hasValue(3);
		});
	}

	@Test
	void aStreamThatIsLongOrNotReadToItsEndIsNotKept() {
		run(RULE, (catalogue) -> {
			assertThat(catalogue.numbers(1001).count().block()).isEqualTo(1001);
			assertThat(catalogue.numbers(1001).count().block()).isEqualTo(1001);
			assertThat(catalogue.numbers(9).take(1).collectList().block()).containsExactly(3);
			assertThat(catalogue.numbers(9).take(1).collectList().block()).containsExactly(4);
			assertThat(this.target.calls).hasValue(4);
		});
	}

	@Test
	void failuresAndEffectsAndWhatCanBeReadOnceAreNotKept() {
		run(RULE, (catalogue) -> {
			catalogue.effect();
			catalogue.effect();
			catalogue.monoEffect().block();
			catalogue.monoEffect().block();
			assertThat(catalogue.stream()).containsExactly("streamed 5");
			assertThat(catalogue.stream()).containsExactly("streamed 6");
			this.target.failing = true;
			assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> catalogue.text("a"));
			this.target.failing = false;
			assertThat(catalogue.text("a")).isEqualTo("text 8");
		});
	}

	@Test
	void argumentsWithoutAnEqualsOfTheirOwnAreNoKeys() {
		run(RULE, (catalogue) -> {
			java.util.function.Supplier<String> supplier = () -> "supplied ";
			assertThat(catalogue.supplied(supplier)).isEqualTo("supplied 1");
			assertThat(catalogue.supplied(supplier)).isEqualTo("supplied 2");
		});
	}

	@Test
	void nobodyGetsWhatWasMadeForAnother() {
		run(RULE, (catalogue) -> {
			this.principal.set("alice");
			assertThat(catalogue.text("a")).isEqualTo("text 1");
			assertThat(catalogue.mono("a").block()).isEqualTo("a2");
			this.principal.set("bob");
			assertThat(catalogue.text("a")).isEqualTo("text 3");
			assertThat(catalogue.mono("a").block()).isEqualTo("a4");
			this.principal.set("alice");
			assertThat(catalogue.text("a")).isEqualTo("text 1");
			assertThat(catalogue.mono("a").block()).isEqualTo("a2");
			this.principal.set(null);
			assertThat(catalogue.text("a")).isEqualTo("text 5");
			assertThat(catalogue.text("a")).isEqualTo("text 6");
		});
	}

	@Test
	void whatARuleSharesEverybodyGets() {
		run(with("cache.catalogue.shared=true"), (catalogue) -> {
			this.principal.set("alice");
			assertThat(catalogue.text("a")).isEqualTo("text 1");
			this.principal.set(null);
			assertThat(catalogue.text("a")).isEqualTo("text 1");
		});
	}

	@Test
	void springSecuritySaysWhoCalls() {
		GovernedFixture.runner(RULE).withBean(Catalogue.class).run((context) -> {
			Catalogue catalogue = context.getBean(Catalogue.class);
			assertThat(as(user("alice", "USER"), catalogue)).isEqualTo("text 1");
			assertThat(as(user("alice", "USER"), catalogue)).isEqualTo("text 1");
			assertThat(as(user("alice", "ADMIN"), catalogue)).isEqualTo("text 2");
			assertThat(as(user("bob", "USER"), catalogue)).isEqualTo("text 3");
			Authentication nobody = new AnonymousAuthenticationToken("key", "anonymous",
					AuthorityUtils.createAuthorityList("ANONYMOUS"));
			assertThat(as(nobody, catalogue)).isEqualTo("text 4");
			assertThat(as(nobody, catalogue)).isEqualTo("text 4");
			assertThat(as(null, catalogue)).isEqualTo("text 5");
			assertThat(as(null, catalogue)).isEqualTo("text 6");
		});
	}

	@Test
	void springSecuritySaysWhoSubscribes() {
		GovernedFixture.runner(RULE).withBean(Catalogue.class).run((context) -> {
			Mono<String> text = context.getBean(Catalogue.class).mono("a");
			assertThat(subscribed(text, "alice")).isEqualTo("a1");
			assertThat(subscribed(text, "alice")).isEqualTo("a1");
			assertThat(subscribed(text, "bob")).isEqualTo("a2");
			assertThat(text.block()).isEqualTo("a3");
			assertThat(text.block()).isEqualTo("a4");
		});
	}

	private static @Nullable String subscribed(Mono<String> mono, String name) {
		return mono.contextWrite(ReactiveSecurityContextHolder.withAuthentication(user(name, "USER"))).block();
	}

	private static Authentication user(String name, String role) {
		return new TestingAuthenticationToken(User.withUsername(name).password("").authorities(role).build(), "", role);
	}

	private static String as(@Nullable Authentication authentication, Catalogue catalogue) {
		SecurityContextHolder.getContext().setAuthentication(authentication);
		try {
			return catalogue.text("a");
		}
		finally {
			SecurityContextHolder.clearContext();
		}
	}

	@Test
	void ofCallsForTheSameAtOnceOneIsMade() {
		run(RULE, (catalogue) -> {
			CountDownLatch under = new CountDownLatch(1);
			CountDownLatch go = new CountDownLatch(1);
			this.target.before = () -> {
				under.countDown();
				await(go);
			};
			ExecutorService threads = Executors.newFixedThreadPool(2);
			try {
				Future<String> first = threads.submit(() -> catalogue.text("a"));
				await(under);
				Future<String> second = threads.submit(() -> catalogue.text("a"));
				go.countDown();
				assertThat(first.get()).isEqualTo(second.get());
				assertThat(this.target.calls).hasValue(1);
			}
			finally {
				threads.shutdownNow();
			}
		});
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(5, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void shadowAndTheKillSwitchLeaveCallsAsTheyAre() {
		run(with("cache.catalogue.enforcement=SHADOW"), (catalogue) -> {
			catalogue.text("a");
			assertThat(catalogue.text("a")).isEqualTo("text 2");
		});
		GovernedFixture.runner(RULE)
			.withBean(Catalogue.class)
			.withBean(PrincipalSource.class, () -> PrincipalSource.NONE)
			.withPropertyValues("governance.enforcement.cache=OFF")
			.run((context) -> {
				Catalogue catalogue = context.getBean(Catalogue.class);
				catalogue.text("a");
				assertThat(catalogue.text("a")).isEqualTo("text 2");
			});
	}

	@FunctionalInterface
	interface Scenario {

		void run(Catalogue catalogue) throws Exception;

	}

}
