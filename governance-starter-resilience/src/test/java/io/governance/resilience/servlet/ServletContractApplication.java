// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.servlet;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

import io.governance.context.CallContext;
import io.governance.policy.CallRejectedException;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.test.contract.InboundContract;
import io.governance.test.contract.StreamGate;
import io.governance.time.TimeSource;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.CorsRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/**
 * The application of {@code InboundContract}, with Spring MVC.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ ServletContractApplication.Handlers.class, ServletContractApplication.RejectedHandlers.class })
class ServletContractApplication {

	@Bean
	SecurityFilterChain security(HttpSecurity http) {
		return http
			.authorizeHttpRequests(
					(requests) -> requests.requestMatchers("/me").authenticated().anyRequest().permitAll())
			.httpBasic(Customizer.withDefaults())
			.csrf((csrf) -> csrf.disable())
			.build();
	}

	@Bean
	UserDetailsService users() {
		return new InMemoryUserDetailsManager(User.withUsername("alice").password("{noop}secret").build(),
				User.withUsername("bob").password("{noop}secret").build());
	}

	@Bean
	WebMvcConfigurer cors() {
		return new WebMvcConfigurer() {

			@Override
			public void addCorsMappings(CorsRegistry registry) {
				registry.addMapping("/cors").allowedOrigins("https://app.example");
			}

		};
	}

	@RestController
	static class Handlers {

		private final TimeSource time;

		private final StreamGate gate;

		Handlers(TimeSource time, StreamGate gate) {
			this.time = time;
			this.gate = gate;
		}

		@GetMapping({ "/hello", "/me", "/cors" })
		String hello() {
			return "hello";
		}

		@GetMapping("/virtual")
		boolean virtual() {
			return Thread.currentThread().getClass().getName().equals("java.lang.VirtualThread");
		}

		@GetMapping("/fail")
		String fail() {
			throw new IllegalStateException("told to fail");
		}

		@GetMapping("/context")
		String context() {
			return InboundContract.describe(CallContext.current(), this.time);
		}

		@GetMapping("/async")
		Callable<String> async() {
			return this::context;
		}

		@GetMapping("/stream")
		StreamingResponseBody stream(HttpServletResponse response) {
			return (out) -> {
				write(out, "first\n");
				response.flushBuffer();
				this.gate.opened().join();
				write(out, "last\n");
			};
		}

		@GetMapping("/held")
		String held() {
			this.gate.opened().join();
			return "late";
		}

		@GetMapping("/held-async")
		CompletableFuture<String> heldAsync() {
			return this.gate.opened().thenApplyAsync((open) -> "late");
		}

		@GetMapping("/held-stream")
		StreamingResponseBody heldStream() {
			return (out) -> write(out, held());
		}

		@GetMapping("/own-threads")
		void ownThreads(@RequestParam(name = "first", defaultValue = "") String first, HttpServletRequest request,
				HttpServletResponse handled) throws IOException {
			AsyncContext async = request.startAsync();
			ServletResponse response = async.getResponse();
			if (!first.isEmpty()) {
				write(response.getOutputStream(), first);
				response.flushBuffer();
			}
			this.gate.opened().thenRunAsync(() -> finish(async, response));
		}

		private static void finish(AsyncContext async, ServletResponse response) {
			try {
				write(response.getOutputStream(), "last");
				async.complete();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		@GetMapping("/endless")
		StreamingResponseBody endless() {
			return (out) -> {
				while (true) {
					write(out, "and so on\n".repeat(1000));
				}
			};
		}

		private static void write(OutputStream out, String text) throws IOException {
			out.write(text.getBytes(StandardCharsets.UTF_8));
		}

		@GetMapping("/rejected")
		String rejected() {
			throw new CallRejectedException("inventory",
					new Rejection(Reason.CIRCUIT_OPEN, "circuit-breaker/inventory", 2_100_000_000L));
		}

	}

	@RestController
	static class RejectedHandlers {

		@GetMapping("/rejected-handled")
		String rejected() {
			throw new CallRejectedException("inventory", Rejection.of(Reason.CIRCUIT_OPEN));
		}

		@ExceptionHandler(CallRejectedException.class)
		@ResponseStatus(HttpStatus.I_AM_A_TEAPOT)
		String handled() {
			return "mine";
		}

	}

}
