// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.method;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.governance.answer.Answer;
import io.governance.engine.EffectiveRule;
import io.governance.engine.PolicyEngine;
import io.governance.execution.FallbackAnswer;
import io.governance.resilience.local.PrincipalSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class GovernedFallbackTests {

	private final Catalogue target = new Catalogue();

	private ApplicationContextRunner failing(String... rules) {
		String[] all = Stream
			.of(new String[] { "fallback.catalogue.match.service=catalogue", "fallback.catalogue.fallback-on=error" },
					rules)
			.flatMap(Stream::of)
			.toArray(String[]::new);
		this.target.failing = true;
		return GovernedFixture.runner(all)
			.withBean(Catalogue.class, () -> this.target)
			.withBean(PrincipalSource.class, () -> PrincipalSource.NONE);
	}

	private static void run(ApplicationContextRunner runner, Scenario scenario) {
		runner.run((context) -> scenario.run(context.getBean(Catalogue.class)));
	}

	@Test
	void aBeanAnswersWithAValueAndSeesTheArguments() {
		FallbackAnswer bean = (call, failure) -> {
			if (call.path().equals("/item")) {
				return Answer.of(new Catalogue.Item("instead of " + call.arguments().get(0), 0));
			}
			return Answer.of(call.path().equals("/numbers") ? List.of(7, 8) : "instead");
		};
		run(failing("fallback.catalogue.bean=instead").withBean("instead", FallbackAnswer.class, () -> bean),
				(catalogue) -> {
					assertThat(catalogue.item("a")).isEqualTo(new Catalogue.Item("instead of a", 0));
					assertThat(catalogue.text("a")).isEqualTo("instead");
					assertThat(catalogue.mono("a").block()).isEqualTo("instead");
					assertThat(catalogue.stage("a").join()).isEqualTo("instead");
					assertThat(catalogue.numbers(3).collectList().block()).containsExactly(7, 8);
				});
	}

	@Test
	void aValueOfAnotherTypeOrABadStatusLeavesTheFailure() {
		run(failing("fallback.catalogue.bean=instead").withBean("instead", FallbackAnswer.class,
				() -> (call, failure) -> Answer.of(new StringBuilder("no text"))), GovernedFallbackTests::assertFails);
		run(failing("fallback.catalogue.bean=instead").withBean("instead", FallbackAnswer.class,
				() -> (call, failure) -> new Answer(503, Map.of(), new byte[0])), GovernedFallbackTests::assertFails);
	}

	private static void assertFails(Catalogue catalogue) {
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> catalogue.text("a"))
			.withMessage("failing");
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(catalogue.mono("a")::block)
			.withMessage("failing");
	}

	@Test
	void aWrittenAnswerIsReadAsWhatTheMethodReturns() {
		run(failing("fallback.catalogue.answer.body={\"id\":\"none\",\"stock\":3}"),
				(catalogue) -> assertThat(catalogue.item("a")).isEqualTo(new Catalogue.Item("none", 3)));
		run(failing("fallback.catalogue.answer.body=[{\"id\":\"none\",\"stock\":3}]"), (catalogue) -> {
			assertThat(catalogue.items()).containsExactly(new Catalogue.Item("none", 3));
			assertThat(catalogue.itemStream().collectList().block()).containsExactly(new Catalogue.Item("none", 3));
		});
		run(failing("fallback.catalogue.answer.body=7"), (catalogue) -> assertThat(catalogue.number()).isEqualTo(7));
		run(failing("fallback.catalogue.answer.body=\"quoted\""),
				(catalogue) -> assertThat(catalogue.text("a")).isEqualTo("quoted"));
		run(failing("fallback.catalogue.answer.body=as it is", "fallback.catalogue.answer.content-type=text/plain"),
				(catalogue) -> assertThat(catalogue.mono("a").block()).isEqualTo("as it is"));
		run(failing("fallback.catalogue.answer.body={\"a\":1}"),
				(catalogue) -> assertThat(catalogue.map()).containsEntry("a", 1));
	}

	@Test
	void aWrittenAnswerIsReadAsWhatTheGenericsOfABeanStandFor() {
		Catalogue.Item none = new Catalogue.Item("none", 3);
		failing("fallback.catalogue.answer.body={\"id\":\"none\",\"stock\":3}").withBean(ItemShelf.class)
			.run((context) -> assertThat(context.getBean(ItemShelf.class).one()).isEqualTo(none));
		failing("fallback.catalogue.answer.body=[{\"id\":\"none\",\"stock\":3}]").withBean(ItemShelf.class)
			.withBean(Items.class, GovernedFallbackTests::proxy)
			.run((context) -> {
				assertThat(context.getBean(ItemShelf.class).all().block()).containsExactly(none);
				assertThat(context.getBean(ItemShelf.class).each().collectList().block()).containsExactly(none);
				assertThat(context.getBean(Items.class).items()).containsExactly(none);
			});
	}

	private static Items proxy() {
		return (Items) Proxy.newProxyInstance(Items.class.getClassLoader(), new Class<?>[] { Items.class },
				(self, method, arguments) -> {
					throw new IllegalStateException("failing");
				});
	}

	@Test
	void anEmptyAnswerIsNothing() {
		run(failing("fallback.catalogue.answer.status=204"), (catalogue) -> {
			assertThat(catalogue.item("a")).isNull();
			assertThat(catalogue.maybe("a")).isEmpty();
			assertThat(catalogue.mono("a").blockOptional()).isEmpty();
			assertThat(catalogue.itemStream().collectList().block()).isEmpty();
			assertThat(catalogue.stage("a").join()).isNull();
			catalogue.effect();
			assertThatExceptionOfType(IllegalStateException.class).isThrownBy(catalogue::number);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "no json", "{\"id\":[]}", "" })
	void anAnswerThatTheMethodCannotGiveLeavesTheFailureAndSaysSo(String body) {
		failing("fallback.catalogue.answer.body=" + body, "fallback.catalogue.answer.status=200").run((context) -> {
			Catalogue catalogue = context.getBean(Catalogue.class);
			assertThatExceptionOfType(IllegalStateException.class).isThrownBy(catalogue::number);
			assertThat(state(context.getBean(PolicyEngine.class)))
				.isEqualTo("not enforceable here: no answer for catalogue/number");
		});
	}

	private static @Nullable String state(PolicyEngine engine) {
		return engine.effectiveRules()
			.stream()
			.filter((rule) -> rule.type().equals("fallback"))
			.map(EffectiveRule::state)
			.findFirst()
			.orElse(null);
	}

	@Test
	void withoutJacksonOnlyTextIsRead() {
		run(failing("fallback.catalogue.answer.body=\"quoted\"")
			.withClassLoader(new FilteredClassLoader(JsonMapper.class)), GovernedFallbackTests::assertFails);
		run(failing("fallback.catalogue.answer.body=text", "fallback.catalogue.answer.content-type=text/plain")
			.withClassLoader(new FilteredClassLoader(JsonMapper.class)),
				(catalogue) -> assertThat(catalogue.text("a")).isEqualTo("text"));
	}

	@Test
	void theLastGoodResultIsGivenForTheSameArguments() {
		failing("fallback.catalogue.last-good=true").run((context) -> {
			Catalogue catalogue = context.getBean(Catalogue.class);
			this.target.failing = false;
			assertThat(catalogue.text("a")).isEqualTo("text 1");
			assertThat(catalogue.numbers(2).collectList().block()).containsExactly(2, 3);
			assertThat(catalogue.mono("m").block()).isEqualTo("m3");
			this.target.failing = true;
			assertThat(catalogue.text("a")).isEqualTo("text 1");
			assertThat(catalogue.numbers(2).collectList().block()).containsExactly(2, 3);
			assertThat(catalogue.mono("m").block()).isEqualTo("m3");
			assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> catalogue.text("b"));
		});
	}

	interface Items {

		@Governed("catalogue")
		List<Catalogue.Item> items();

	}

	abstract static class Shelf<T> {

		@Governed("catalogue")
		T one() {
			throw new IllegalStateException("failing");
		}

		@Governed("catalogue")
		Mono<List<T>> all() {
			return Mono.error(new IllegalStateException("failing"));
		}

		@Governed("catalogue")
		Flux<T> each() {
			return Flux.error(new IllegalStateException("failing"));
		}

	}

	static class ItemShelf extends Shelf<Catalogue.Item> {

	}

	@FunctionalInterface
	interface Scenario {

		void run(Catalogue catalogue) throws Exception;

	}

}
