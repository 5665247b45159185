// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.tracing;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

import feign.RequestInterceptor;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.micrometer.tracing.Tracer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.client.circuitbreaker.CircuitBreaker;
import org.springframework.cloud.client.circuitbreaker.CircuitBreakerFactory;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A service whose calls stand behind circuit breakers of Spring Cloud's, on threads that
 * those have, and that notes what each place knows of the call.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableFeignClients(clients = BreakingApplication.Guarded.class)
@Import(BreakingApplication.Controller.class)
class BreakingApplication {

	private final List<String> notes = new CopyOnWriteArrayList<>();

	@Autowired
	private ObjectProvider<Tracer> tracer;

	@Bean
	RequestInterceptor feignInterceptor() {
		return (template) -> note("interceptor");
	}

	@Bean
	GuardedFallback guardedFallback() {
		return new GuardedFallback(this);
	}

	@Bean
	ExecutorService pool() {
		return Executors.newFixedThreadPool(1);
	}

	@Bean
	ScheduledExecutorService timer() {
		return Executors.newSingleThreadScheduledExecutor();
	}

	/**
	 * Notes what is known here.
	 * @return the same
	 */
	String note(String place) {
		String known = KnownContext.here(this.tracer.getObject());
		String thread = Thread.currentThread().getName().startsWith("http-") ? "request's thread" : "pool";
		this.notes.add(place + " on " + thread + ": " + known);
		return known;
	}

	List<String> notes() {
		List<String> all = List.copyOf(this.notes);
		this.notes.clear();
		return all;
	}

	@FeignClient(name = "guarded", url = "${upstream}", primary = true, fallback = GuardedFallback.class)
	interface Guarded {

		@GetMapping("/")
		String get();

	}

	record GuardedFallback(BreakingApplication application) implements Guarded {

		@Override
		public String get() {
			return this.application.note("fallback");
		}

	}

	@RestController
	static class Controller {

		private final BreakingApplication application;

		private final CircuitBreakerFactory<?, ?> breakers;

		private final Guarded guarded;

		private final ExecutorService pool;

		private final ScheduledExecutorService timer;

		Controller(BreakingApplication application, CircuitBreakerFactory<?, ?> breakers, Guarded guarded,
				ExecutorService pool, ScheduledExecutorService timer) {
			this.application = application;
			this.breakers = breakers;
			this.guarded = guarded;
			this.pool = pool;
			this.timer = timer;
		}

		@GetMapping("/fails")
		void fails() {
			run(this.breakers.create("fails"), () -> {
				this.application.note("callee");
				throw new IllegalStateException("on purpose");
			});
		}

		@GetMapping("/fails-in-a-group")
		void failsInAGroup() {
			run(this.breakers.create("fails-too", "group"), () -> {
				this.application.note("callee");
				throw new IllegalStateException("on purpose");
			});
		}

		@GetMapping("/hangs")
		void hangs() {
			run(this.breakers.create("hangs"), () -> {
				this.application.note("callee");
				try {
					new CountDownLatch(1).await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
				return "late";
			});
		}

		@GetMapping("/feign")
		void feign() {
			asAlice(this.guarded::get);
		}

		@GetMapping("/retry")
		void retry() {
			RetryConfig config = RetryConfig.<String>custom().maxAttempts(3).retryOnResult((result) -> true).build();
			asAlice(() -> Retry.of("retry", config)
				.executeCompletionStage(this.timer,
						() -> CompletableFuture.supplyAsync(() -> this.application.note("attempt"), this.pool))
				.toCompletableFuture()
				.join());
		}

		private void run(CircuitBreaker breaker, Supplier<String> callee) {
			asAlice(() -> breaker.run(callee, (error) -> this.application.note("fallback")));
		}

		private void asAlice(Supplier<String> call) {
			SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken("alice", "secret"));
			try {
				call.get();
			}
			finally {
				SecurityContextHolder.clearContext();
			}
		}

	}

}
