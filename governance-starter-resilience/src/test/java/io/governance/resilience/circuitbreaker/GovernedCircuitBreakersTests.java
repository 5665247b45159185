// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.circuitbreaker;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import io.governance.autoconfigure.GovernanceAutoConfiguration;
import io.governance.autoconfigure.GovernanceTrustAutoConfiguration;
import io.governance.context.CallContext;
import io.governance.policy.Call.Priority;
import io.governance.policy.CallRejectedException;
import io.governance.policy.Reason;
import io.governance.resilience.autoconfigure.GovernanceCircuitBreakerFactoryAutoConfiguration;
import io.governance.resilience.autoconfigure.GovernanceLocalAutoConfiguration;
import io.governance.resilience.autoconfigure.GovernanceOutboundAutoConfiguration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.client.circuitbreaker.CircuitBreaker;
import org.springframework.cloud.client.circuitbreaker.CircuitBreakerFactory;
import org.springframework.cloud.client.circuitbreaker.NoFallbackAvailableException;
import org.springframework.cloud.client.circuitbreaker.ReactiveCircuitBreaker;
import org.springframework.cloud.client.circuitbreaker.ReactiveCircuitBreakerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class GovernedCircuitBreakersTests {

	private static final Function<Throwable, String> REASON = (
			error) -> (error instanceof CallRejectedException rejected) ? rejected.rejection().reason().name()
					: String.valueOf(error.getMessage());

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(GovernanceAutoConfiguration.class,
				GovernanceTrustAutoConfiguration.class, GovernanceOutboundAutoConfiguration.class,
				GovernanceLocalAutoConfiguration.class, GovernanceCircuitBreakerFactoryAutoConfiguration.class));

	private final ApplicationContextRunner limited = this.runner.withPropertyValues(
			"governance.rules.rate-limit.slow.match.service=slow",
			"governance.rules.rate-limit.slow.match.direction=outbound", "governance.rules.rate-limit.slow.limit=1",
			"governance.rules.rate-limit.slow.per=1h");

	@Test
	void runsWorkAsItIsWhereNoRuleNamesIt() {
		this.runner.run((context) -> {
			CircuitBreaker breaker = breaker(context.getBean(CircuitBreakerFactory.class), "slow");
			Thread caller = Thread.currentThread();
			assertThat(breaker.run(() -> Thread.currentThread() == caller)).isTrue();
			assertThat(breaker.<String>run(() -> {
				throw new IllegalStateException("broken");
			}, REASON)).isEqualTo("broken");
			ReactiveCircuitBreaker reactive = reactive(context.getBean(ReactiveCircuitBreakerFactory.class), "slow");
			assertThat(reactive.run(Mono.just("one")).block()).isEqualTo("one");
			assertThat(reactive.run(Flux.just("one", "two")).collectList().block()).containsExactly("one", "two");
			assertThat(reactive.run(Mono.<String>error(new IllegalStateException("broken")), REASON.andThen(Mono::just))
				.block()).isEqualTo("broken");
		});
	}

	@Test
	void fallsBackWithTheRejection() {
		this.limited.run((context) -> {
			CircuitBreaker breaker = breaker(context.getBean(CircuitBreakerFactory.class), "slow");
			assertThat(breaker.run(() -> "one", REASON)).isEqualTo("one");
			assertThat(breaker.run(() -> "two", REASON)).isEqualTo(Reason.RATE_LIMITED.name());
			assertThatExceptionOfType(NoFallbackAvailableException.class).isThrownBy(() -> breaker.run(() -> "two"))
				.withCauseInstanceOf(CallRejectedException.class);
			ReactiveCircuitBreaker reactive = reactive(context.getBean(ReactiveCircuitBreakerFactory.class), "slow");
			assertThat(reactive.run(Mono.just("two"), REASON.andThen(Mono::just)).block())
				.isEqualTo(Reason.RATE_LIMITED.name());
			assertThat(reactive.run(Flux.just("two"), REASON.andThen(Flux::just)).blockLast())
				.isEqualTo(Reason.RATE_LIMITED.name());
		});
	}

	@Test
	void keepsTheWorkOfOtherIdsApart() {
		this.limited.run((context) -> {
			CircuitBreakerFactory<?, ?> factory = context.getBean(CircuitBreakerFactory.class);
			assertThat(factory.create("slow").run(() -> "one", REASON)).isEqualTo("one");
			assertThat(factory.create("slow", "group").run(() -> "two", REASON)).isEqualTo(Reason.RATE_LIMITED.name());
			assertThat(factory.create("other", "slow").run(() -> "one", REASON)).isEqualTo("one");
		});
	}

	@Test
	void opensByTheRulesOfItsId() {
		this.runner
			.withPropertyValues("governance.rules.circuit-breaker.slow.match.service=slow",
					"governance.rules.circuit-breaker.slow.minimum-calls=2")
			.run((context) -> {
				CircuitBreaker breaker = breaker(context.getBean(CircuitBreakerFactory.class), "slow");
				for (int i = 0; i < 2; i++) {
					breaker.<String>run(() -> {
						throw new IllegalStateException("broken");
					}, REASON);
				}
				assertThat(breaker.run(() -> "three", REASON)).isEqualTo(Reason.CIRCUIT_OPEN.name());
			});
	}

	@Test
	void subscribesAnewForAFurtherAttempt() {
		this.runner
			.withPropertyValues("governance.rules.retry.slow.match.service=slow",
					"governance.rules.retry.slow.retry-on=error")
			.run((context) -> {
				AtomicInteger calls = new AtomicInteger();
				Mono<Integer> second = Mono.fromCallable(() -> {
					if (calls.incrementAndGet() < 2) {
						throw new IllegalStateException("not yet");
					}
					return calls.get();
				});
				assertThat(reactive(context.getBean(ReactiveCircuitBreakerFactory.class), "slow").run(second).block())
					.isEqualTo(2);
			});
	}

	@Test
	void aReactiveFallbackHasTheContextOfItsCaller() {
		this.runner.run((context) -> {
			ReactiveCircuitBreaker breaker = reactive(context.getBean(ReactiveCircuitBreakerFactory.class), "slow");
			Mono<String> broken = Mono.delay(Duration.ofMillis(1))
				.then(Mono.error(new IllegalStateException("broken")));
			CallContext caller = new CallContext(null, 1, Map.of(), "gateway", Priority.DEFAULT);
			try (CallContext.Scope scope = caller.makeCurrent()) {
				assertThat(breaker.run(broken, (error) -> Mono.just(String.valueOf(CallContext.current().caller())))
					.block()).isEqualTo("gateway");
				assertThat(
						breaker
							.run(broken.flux(),
									(error) -> Flux.deferContextual((view) -> Flux
										.just(String.valueOf(view.<CallContext>get(CallContext.KEY).caller()))))
							.blockLast())
					.isEqualTo("gateway");
			}
		});
	}

	@Test
	void letsErrorsOfTheFallbackThrough() {
		this.runner.run((context) -> assertThatIllegalStateException()
			.isThrownBy(() -> context.getBean(CircuitBreakerFactory.class).create("slow").run(() -> {
				throw new IllegalArgumentException("broken");
			}, (error) -> {
				throw new IllegalStateException("no fallback either");
			}))
			.withMessage("no fallback either"));
	}

	@Test
	void refusesAnEmptyIdAndConfigurationInCode() {
		this.runner.run((context) -> {
			GovernedCircuitBreakerFactory factory = context.getBean(GovernedCircuitBreakerFactory.class);
			assertThatIllegalArgumentException().isThrownBy(() -> factory.create(" "))
				.withMessageContaining("the id of a circuit breaker is empty");
			assertThatExceptionOfType(UnsupportedOperationException.class)
				.isThrownBy(() -> factory.configure((config) -> {
				}, "slow"))
				.withMessageContaining("match.service: slow");
		});
	}

	@Test
	void isListedOnceItIsUsed() {
		this.runner.run((context) -> {
			GovernedCircuitBreakerFactory factory = context.getBean(GovernedCircuitBreakerFactory.class);
			assertThat(factory.description()).isEmpty();
			factory.create("slow");
			assertThat(factory.description()).isEqualTo("circuit breakers of Spring Cloud (timeouts not enforceable)");
		});
	}

	@Test
	void backsOffFromOtherFactories() {
		this.runner.withBean("own", CircuitBreakerFactory.class, OwnFactory::new)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(CircuitBreakerFactory.class)
				.hasSingleBean(GovernedReactiveCircuitBreakerFactory.class));
	}

	@Test
	void isNotThereWithoutSpringCloudNorWhenSwitchedOff() {
		this.runner.withClassLoader(new FilteredClassLoader(CircuitBreakerFactory.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("governanceCircuitBreakerFactory"));
		this.runner.withPropertyValues("governance.resilience.circuit-breaker-factory.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(CircuitBreakerFactory.class));
	}

	private static CircuitBreaker breaker(CircuitBreakerFactory<?, ?> factory, String id) {
		return factory.create(id);
	}

	private static ReactiveCircuitBreaker reactive(ReactiveCircuitBreakerFactory<?, ?> factory, String id) {
		return factory.create(id);
	}

	static class OwnFactory extends CircuitBreakerFactory<RuleConfig, RuleConfig> {

		@Override
		public CircuitBreaker create(String id) {
			throw new IllegalStateException(id);
		}

		@Override
		protected RuleConfig configBuilder(String id) {
			throw new IllegalStateException(id);
		}

		@Override
		public void configureDefault(Function<String, RuleConfig> defaultConfiguration) {
			throw new IllegalStateException("default");
		}

	}

}
