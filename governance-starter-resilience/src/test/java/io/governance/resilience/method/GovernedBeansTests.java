// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.method;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.governance.policy.CallRejectedException;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

import org.springframework.aop.support.AopUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class GovernedBeansTests {

	@Test
	void isListedWithItsLimits() {
		GovernedFixture.runner()
			.withBean(Stock.class)
			.run((context) -> assertThat(context.getBean(GovernedMethods.class).description())
				.isEqualTo("methods of this process [stock] (timeouts not enforceable where they block: [stock])"));
		GovernedFixture.runner()
			.run((context) -> assertThat(context.getBean(GovernedMethods.class).description()).isEmpty());
	}

	@Test
	void canBeSwitchedOff() {
		GovernedFixture.runner(GovernedFixture.LIMIT)
			.withPropertyValues("governance.resilience.methods.enabled=false")
			.withBean(Stock.class)
			.run((context) -> assertThat(AopUtils.isAopProxy(context.getBean(Stock.class))).isFalse());
		GovernedFixture.runner(GovernedFixture.LIMIT)
			.withPropertyValues("governance.resilience.outbound.enabled=false")
			.withBean(Stock.class)
			.run((context) -> {
				context.getBean(Stock.class).blocking(() -> "one");
				assertThatExceptionOfType(CallRejectedException.class)
					.isThrownBy(() -> context.getBean(Stock.class).blocking(() -> "two"));
			});
	}

	@Test
	void findsTheAnnotationOnClassesInterfacesAndOtherAnnotations() {
		GovernedFixture.runner(GovernedFixture.LIMIT)
			.withBean("named", Named.class, () -> new Implementation())
			.withBean("class", OfClass.class)
			.run((context) -> {
				assertThat(context.getBean(Named.class).call()).isEqualTo("called");
				assertThatExceptionOfType(CallRejectedException.class)
					.isThrownBy(() -> context.getBean(Named.class).call());
				assertThatExceptionOfType(CallRejectedException.class)
					.isThrownBy(() -> context.getBean(OfClass.class).call());
				assertThat(context.getBean(OfClass.class).other()).isEqualTo("other");
			});
	}

	@Test
	void resolvesPlaceholdersInTheName() {
		GovernedFixture.runner(GovernedFixture.LIMIT)
			.withPropertyValues("stock.name=stock")
			.withBean(Configured.class)
			.run((context) -> {
				context.getBean(Configured.class).call();
				assertThatExceptionOfType(CallRejectedException.class)
					.isThrownBy(() -> context.getBean(Configured.class).call());
			});
		refuses(Configured.class, "Could not resolve placeholder 'stock.name'");
	}

	@Test
	void leavesBeansWithoutTheAnnotationAlone() {
		GovernedFixture.runner()
			.withBean(Plain.class)
			.run((context) -> assertThat(AopUtils.isAopProxy(context.getBean(Plain.class))).isFalse());
	}

	@Test
	void refusesAtTheStartWhatItCannotGovern() {
		refuses(Empty.class, "Empty.call: an empty name (expected: the name that rules match as the called service)");
		refuses(Hidden.class, "Hidden.call: private (expected: a method that a proxy can override");
		refuses(Foreign.class, "(expected: CompletionStage or CompletableFuture");
	}

	private static void refuses(Class<?> bean, String message) {
		GovernedFixture.runner()
			.withBean(bean)
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining(message));
	}

	@Retention(RetentionPolicy.RUNTIME)
	@Governed("stock")
	@interface StockCall {

	}

	interface Named {

		@StockCall
		String call();

	}

	static class Implementation implements Named {

		@Override
		public String call() {
			return "called";
		}

	}

	@Governed("stock")
	static class OfClass {

		String call() {
			return "called";
		}

		@Governed("other")
		String other() {
			return "other";
		}

	}

	@Governed("${stock.name}")
	static class Configured {

		String call() {
			return "called";
		}

	}

	static class Plain {

		String call() {
			return "called";
		}

	}

	static class Empty {

		@Governed("stock")
		String good() {
			return "";
		}

		@Governed(" ")
		String call() {
			return "called";
		}

	}

	static class Hidden {

		@Governed("stock")
		private String call() {
			return "called";
		}

	}

	static class OwnFuture extends CompletableFuture<String> implements CompletionStage<String> {

	}

	static class Foreign {

		@Governed("stock")
		OwnFuture call() {
			return new OwnFuture();
		}

		Publisher<String> other() {
			return Flux.empty();
		}

	}

}
