// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.method;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import io.governance.context.CallContext;
import io.governance.policy.CallRejectedException;
import io.governance.policy.Reason;
import io.governance.resilience.execution.CallTimeoutException;
import io.governance.time.TimeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

class GovernedMethodsTests {

	private static final String[] RETRY = { "retry.stock.match.service=stock", "retry.stock.attempts=3",
			"retry.stock.retry-on=error,reset", "retry.stock.backoff.base=1ms", "retry.stock.backoff.max=1ms",
			"retry.stock.budget.min-per-second=100" };

	@Test
	void runsAMethodAsItIsWhereNoRuleNamesIt() {
		run(new String[] { "rate-limit.all.match.direction=outbound", "rate-limit.all.limit=1",
				"rate-limit.all.per=1h" }, (stock) -> {
					assertThat(stock.blocking(() -> "one")).isEqualTo("one");
					Object nothing = stock.blocking(() -> null);
					assertThat(nothing).isNull();
					CallContext seen = stock.blocking(CallContext::current);
					assertThat(seen).isEqualTo(CallContext.NONE);
				});
	}

	@Test
	void rejectsWhatARuleThatNamesItDoesNotLetGo() {
		run(GovernedFixture.LIMIT, (stock) -> {
			assertThat(stock.blocking(() -> "one")).isEqualTo("one");
			assertThatExceptionOfType(CallRejectedException.class).isThrownBy(() -> stock.blocking(() -> "two"))
				.satisfies((rejected) -> assertThat(rejected.rejection().reason()).isEqualTo(Reason.RATE_LIMITED));
			assertThatExceptionOfType(CallRejectedException.class)
				.isThrownBy(stock.mono(() -> Mono.just("two"))::block);
			assertThatExceptionOfType(CallRejectedException.class)
				.isThrownBy(stock.flux(() -> Flux.just("two"))::blockLast);
			assertThatExceptionOfType(CompletionException.class)
				.isThrownBy(stock.stage(() -> CompletableFuture.completedFuture("two"))::join)
				.withCauseInstanceOf(CallRejectedException.class);
		});
	}

	@Test
	void matchesOneMethodByItsNameAsAPath() {
		run(new String[] { GovernedFixture.LIMIT[0], GovernedFixture.LIMIT[1], GovernedFixture.LIMIT[2],
				GovernedFixture.LIMIT[3], "rate-limit.stock.match.path=/mono" }, (stock) -> {
					stock.blocking(() -> "one");
					stock.blocking(() -> "two");
					assertThat(stock.mono(() -> Mono.just("one")).block()).isEqualTo("one");
					assertThatExceptionOfType(CallRejectedException.class)
						.isThrownBy(stock.mono(() -> Mono.just("two"))::block);
				});
	}

	@Test
	void triesAgainAsTheRuleSays() {
		run(RETRY, (stock) -> {
			AtomicInteger calls = new AtomicInteger();
			Callable<String> third = () -> {
				if (calls.incrementAndGet() % 3 != 0) {
					throw new IllegalStateException("not yet");
				}
				return "third";
			};
			assertThat(stock.blocking(third)).isEqualTo("third");
			assertThat(stock.mono(() -> Mono.fromCallable(third)).block()).isEqualTo("third");
			assertThat(stock.flux(() -> Mono.fromCallable(third).flux()).blockLast()).isEqualTo("third");
			assertThat(stock.stage(() -> CompletableFuture.completedFuture(unchecked(third))).join())
				.isEqualTo("third");
			assertThat(calls).hasValue(12);
		});
	}

	@Test
	void tellsEachAttemptWhichOneItIs() {
		run(RETRY, (stock) -> {
			assertThat(stock.blocking(this::thirdAttempt)).isEqualTo(3);
			assertThat(stock.mono(() -> Mono.deferContextual((view) -> {
				CallContext context = view.get(CallContext.KEY);
				return (context.attempt() < 3) ? Mono.error(new IllegalStateException("not yet"))
						: Mono.just(context.attempt());
			})).block()).isEqualTo(3);
			assertThat(stock.stage(() -> CompletableFuture.completedFuture(unchecked(this::thirdAttempt))).join())
				.isEqualTo(3);
		});
		assertThat(CallContext.current()).isEqualTo(CallContext.NONE);
	}

	private int thirdAttempt() {
		int attempt = CallContext.current().attempt();
		if (attempt < 3) {
			throw new IllegalStateException("not yet");
		}
		return attempt;
	}

	@Test
	void triesAgainOnlyAfterTheExceptionsThatTheRuleNames() {
		String[] rules = RETRY.clone();
		rules[2] = "retry.stock.retry-on=exception:java.io.FileNotFoundException";
		run(rules, (stock) -> {
			AtomicInteger calls = new AtomicInteger();
			assertThatIOException().isThrownBy(() -> stock.blocking(() -> {
				calls.incrementAndGet();
				throw new FileNotFoundException("gone");
			})).isExactlyInstanceOf(FileNotFoundException.class);
			assertThat(calls).hasValue(3);
			assertThatIOException().isThrownBy(() -> stock.blocking(() -> {
				calls.incrementAndGet();
				throw new IOException("broken");
			}));
			assertThat(calls).hasValue(4);
		});
	}

	@Test
	void throwsCheckedExceptionsAsTheyAre() {
		run(RETRY, (stock) -> assertThatExceptionOfType(CloneNotSupportedException.class)
			.isThrownBy(() -> stock.blocking(() -> {
				throw new CloneNotSupportedException();
			})));
	}

	@Test
	void doesNotRepeatAStreamThatHasBegun() {
		run(RETRY, (stock) -> {
			AtomicInteger calls = new AtomicInteger();
			Flux<String> broken = stock.flux(() -> {
				calls.incrementAndGet();
				return Flux.concat(Flux.just("one", "two"), Flux.error(new IllegalStateException("broken")));
			});
			assertThat(broken.onErrorReturn(IllegalStateException.class, "broken").collectList().block())
				.containsExactly("one", "two", "broken");
			assertThat(calls).hasValue(1);
		});
	}

	@Test
	void passesBackPressureAndCancellationOn() {
		run(RETRY, (stock) -> {
			AtomicInteger emitted = new AtomicInteger();
			AtomicInteger cancelled = new AtomicInteger();
			Flux<Integer> numbers = stock.flux(() -> Flux.range(1, 1000)
				.doOnNext((number) -> emitted.incrementAndGet())
				.doOnCancel(cancelled::incrementAndGet));
			assertThat(numbers.take(3).collectList().block()).containsExactly(1, 2, 3);
			assertThat(emitted).hasValueLessThanOrEqualTo(5);
			assertThat(cancelled).hasValue(1);
			assertThat(numbers.count().block()).isEqualTo(1000);
			assertThat(stock.flux(Flux::empty).blockLast()).isNull();
			assertThat(stock.mono(Mono::empty).block()).isNull();
		});
	}

	@Test
	void startsNothingBeforeTheSubscription() {
		run(GovernedFixture.LIMIT, (stock) -> {
			AtomicInteger calls = new AtomicInteger();
			Mono<Integer> mono = stock.mono(() -> Mono.just(calls.incrementAndGet()));
			assertThat(calls).hasValue(0);
			assertThat(mono.block()).isEqualTo(1);
		});
	}

	@Test
	void cutsWhatIsNotBlockingAndTellsWhatIsItsDeadline() {
		run(new String[] { "timeout.stock.match.service=stock", "timeout.stock.total=50ms" }, (stock) -> {
			AtomicInteger cancelled = new AtomicInteger();
			assertThatExceptionOfType(CallTimeoutException.class)
				.isThrownBy(stock.mono(() -> Mono.never().doOnCancel(cancelled::incrementAndGet))::block);
			assertThatExceptionOfType(CallTimeoutException.class)
				.isThrownBy(stock.flux(() -> Flux.never().doOnCancel(cancelled::incrementAndGet))::blockLast);
			assertThat(cancelled).hasValue(2);
			CompletableFuture<String> never = new CompletableFuture<>();
			assertThatExceptionOfType(CompletionException.class).isThrownBy(stock.stage(() -> never)::join)
				.withCauseInstanceOf(CallTimeoutException.class);
			assertThat(never).isCancelled();
			long left = stock.blocking(() -> CallContext.current().deadline().remainingNanos(TimeSource.system()));
			assertThat(Duration.ofNanos(left)).isPositive().isLessThanOrEqualTo(Duration.ofMillis(50));
		});
	}

	@Test
	void opensABreakerOnExceptions() {
		run(new String[] { "circuit-breaker.stock.match.service=stock", "circuit-breaker.stock.minimum-calls=2" },
				(stock) -> {
					for (int i = 0; i < 2; i++) {
						assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> stock.blocking(() -> {
							throw new IllegalStateException("broken");
						}));
					}
					assertThatExceptionOfType(CallRejectedException.class).isThrownBy(() -> stock.blocking(() -> ""))
						.satisfies(
								(rejected) -> assertThat(rejected.rejection().reason()).isEqualTo(Reason.CIRCUIT_OPEN));
				});
	}

	@Test
	void holdsABulkheadAsLongAsAMethodRuns() {
		run(new String[] { "bulkhead.stock.match.service=stock", "bulkhead.stock.max-concurrent-calls=1" },
				(stock) -> stock.blocking(() -> {
					assertThatExceptionOfType(CallRejectedException.class).isThrownBy(() -> stock.blocking(() -> ""));
					return "";
				}));
	}

	@Test
	void runsAndTriesAgainOnTheCallersThread() {
		run(RETRY, (stock) -> assertThat(onThisThread(stock)).isTrue());
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "this Java has no virtual threads")
	void runsAndTriesAgainOnAVirtualThread() {
		run(RETRY, (stock) -> {
			ExecutorService threads = (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor")
				.invoke(null);
			try {
				assertThat(threads.submit(() -> onThisThread(stock)).get()).isTrue();
			}
			finally {
				threads.shutdown();
			}
		});
	}

	private static boolean onThisThread(Stock stock) throws Exception {
		Thread caller = Thread.currentThread();
		AtomicInteger calls = new AtomicInteger();
		return stock.blocking(() -> {
			if (calls.incrementAndGet() < 2) {
				throw new IllegalStateException("not yet");
			}
			return Thread.currentThread() == caller;
		});
	}

	@Test
	void onlyCountsInTheShadow() {
		String[] shadow = { GovernedFixture.LIMIT[0], GovernedFixture.LIMIT[1], GovernedFixture.LIMIT[2],
				GovernedFixture.LIMIT[3], "rate-limit.stock.enforcement=SHADOW" };
		run(shadow, (stock) -> {
			stock.blocking(() -> "one");
			assertThat(stock.blocking(() -> "two")).isEqualTo("two");
		});
	}

	private static <T> T unchecked(Callable<T> callable) {
		try {
			return callable.call();
		}
		catch (RuntimeException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void run(String[] rules, Scenario scenario) {
		ApplicationContextRunner runner = GovernedFixture.runner(rules).withBean(Stock.class);
		runner.run((context) -> scenario.run(context.getBean(Stock.class)));
	}

	@FunctionalInterface
	interface Scenario {

		void run(Stock stock) throws Exception;

	}

}
