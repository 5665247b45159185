// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing;

import java.util.UUID;

import brave.Span.Kind;
import brave.handler.MutableSpan;
import io.governance.test.Requirement;
import io.governance.test.store.RealRedis;
import io.micrometer.tracing.Tracer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.MDC;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Commands to a real Redis, from Servlet and WebFlux applications.
 */
class RedisTracingIntegrationTests {

	@RegisterExtension
	static final Requirement REDIS = RealRedis.requirement();

	private static RealRedis redis;

	@BeforeAll
	static void start() {
		if (REDIS.isMet()) {
			redis = RealRedis.start();
		}
	}

	@AfterAll
	static void stop() {
		if (redis != null) {
			redis.close();
		}
	}

	@Test
	void blockingCommandsAreChildrenOfTheRequest() throws Exception {
		commandsAreChildren(WebApplicationType.SERVLET, BlockingApplication.class);
	}

	@Test
	void reactiveCommandsAreChildrenOfTheRequestAndWhatFollowsThemKnowsIt() throws Exception {
		commandsAreChildren(WebApplicationType.REACTIVE, ReactiveApplication.class);
	}

	private static void commandsAreChildren(WebApplicationType type, Class<?> application) throws Exception {
		try (TracedApplication started = TracedApplication.start(type, application,
				"--management.tracing.sampling.probability=1.0",
				"--spring.autoconfigure.exclude="
						+ "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
				"--spring.data.redis.host=127.0.0.1", "--spring.data.redis.port=" + redis.port())) {
			String traceId = UUID.randomUUID().toString().replace("-", "");
			assertThat(started.get("/", "traceparent", "00-" + traceId + "-b7ad6b7169203331-01").body())
				.isEqualTo("value in " + traceId + " " + traceId);
			MutableSpan server = started.span(traceId, Kind.SERVER);
			assertThat(started.context().getBean(RecordedSpans.class).all(traceId, Kind.CLIENT))
				.allMatch((span) -> server.id().equals(span.parentId()))
				.extracting(MutableSpan::name)
				.contains("set", "get");
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ BlockingController.class, RecordedSpans.class })
	static class BlockingApplication {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ ReactiveController.class, RecordedSpans.class })
	static class ReactiveApplication {

	}

	@RestController
	static class BlockingController {

		private final StringRedisTemplate redis;

		private final Tracer tracer;

		BlockingController(StringRedisTemplate redis, Tracer tracer) {
			this.redis = redis;
			this.tracer = tracer;
		}

		@GetMapping("/")
		String answer() {
			this.redis.opsForValue().set("key", "value");
			return this.redis.opsForValue().get("key") + " in " + here(this.tracer);
		}

	}

	@RestController
	static class ReactiveController {

		private final ReactiveStringRedisTemplate redis;

		private final Tracer tracer;

		ReactiveController(ReactiveStringRedisTemplate redis, Tracer tracer) {
			this.redis = redis;
			this.tracer = tracer;
		}

		@GetMapping("/")
		Mono<String> answer() {
			return this.redis.opsForValue()
				.set("key", "value")
				.then(this.redis.opsForValue().get("key"))
				.map((value) -> value + " in " + here(this.tracer));
		}

	}

	private static String here(Tracer tracer) {
		return tracer.currentSpan().context().traceId() + " " + MDC.get("traceId");
	}

}
