// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import io.governance.actuate.GovernanceEndpoint;
import io.governance.binding.LiveRules;
import io.governance.time.TimeSource;
import io.governance.tracing.propagation.ExtractionCustomizer;
import io.governance.tracing.sampling.RuleSampler;
import io.micrometer.tracing.Tracer;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rules decide on the traces of requests over real HTTP: Tomcat, and Reactor Netty.
 */
class SamplingIntegrationTests {

	private static final String RULE = "governance.rules.sampling.default.";

	private static final String SAMPLED = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

	private static final String NOT_SAMPLED = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";

	private static TracedApplication start(WebApplicationType type, String... arguments) {
		return TracedApplication.start(type, Traced.class, arguments);
	}

	private static boolean sampled(TracedApplication application, String path, String... headers)
			throws IOException, InterruptedException {
		HttpResponse<String> response = application.get(path, headers);
		assertThat(response.body()).isIn("true", "false");
		return Boolean.parseBoolean(response.body());
	}

	private static void change(TracedApplication application, String... properties) {
		Map<String, Object> pushed = new HashMap<>();
		Arrays.stream(properties)
			.map((property) -> property.split("="))
			.forEach((pair) -> pushed.put(pair[0], pair[1]));
		MutablePropertySources sources = application.context().getEnvironment().getPropertySources();
		sources.remove("pushed");
		sources.addFirst(new MapPropertySource("pushed", pushed));
		assertThat(application.context().getBean(LiveRules.class).refresh().faults()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void aChangedRatioActsOnTheNextRequest(WebApplicationType type) throws Exception {
		try (TracedApplication application = start(type, "--" + RULE + "ratio=0")) {
			for (int i = 0; i < 20; i++) {
				assertThat(sampled(application, "/orders")).isFalse();
			}
			change(application, RULE + "ratio=1");
			for (int i = 0; i < 20; i++) {
				assertThat(sampled(application, "/orders")).isTrue();
			}
			change(application, RULE + "ratio=0", "governance.rules.sampling.mine.ratio=1",
					"governance.rules.sampling.mine.match.path=/orders/**",
					"governance.rules.sampling.mine.match.headers.x-user=vip");
			assertThat(sampled(application, "/orders/7", "x-user", "vip")).isTrue();
			assertThat(sampled(application, "/orders/7", "x-user", "other")).isFalse();
			assertThat(sampled(application, "/stock", "x-user", "vip")).isFalse();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void withoutRulesTheRatioOfSpringBootHolds(WebApplicationType type) throws Exception {
		try (TracedApplication application = start(type, "--management.tracing.sampling.probability=1",
				"--governance.defaults.enabled=false")) {
			assertThat(sampled(application, "/orders")).isTrue();
			assertThat(sampled(application, "/orders", "traceparent", NOT_SAMPLED)).isFalse();
		}
	}

	@ParameterizedTest
	@CsvSource({ "SERVLET, 1, 0, true", "SERVLET, 0, 1, false", "REACTIVE, 1, 0, true", "REACTIVE, 0, 1, false" })
	void aDecisionHoldsForAllHops(WebApplicationType type, String frontRatio, String backRatio, boolean expected)
			throws Exception {
		try (TracedApplication back = start(type, "--" + RULE + "ratio=" + backRatio);
				TracedApplication front = start(type, "--" + RULE + "ratio=" + frontRatio,
						"--spring.http.clients.imperative.factory=jdk")) {
			assertThat(sampled(front, "/front", "x-back", back.url() + "/orders")).isEqualTo(expected);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void aTrustedCallerIsHonoured(WebApplicationType type) throws Exception {
		try (TracedApplication application = start(type, "--" + RULE + "ratio=0",
				"--" + RULE + "debug-header=x-debug-trace")) {
			assertThat(sampled(application, "/orders")).isFalse();
			assertThat(sampled(application, "/orders", "x-debug-trace", "1")).isTrue();
			assertThat(sampled(application, "/orders", "traceparent", NOT_SAMPLED, "x-debug-trace", "1")).isTrue();
			assertThat(sampled(application, "/orders", "traceparent", SAMPLED)).isTrue();
			assertThat(sampled(application, "/orders", "X-B3-Flags", "1")).isTrue();
			change(application, RULE + "parent=ignore");
			assertThat(sampled(application, "/orders", "traceparent", SAMPLED)).isFalse();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void whatAStrangerSaysIsNoDecision(WebApplicationType type) throws Exception {
		try (TracedApplication application = start(type, "--governance.trusted-callers=10.0.0.0/8",
				"--" + RULE + "ratio=0", "--" + RULE + "debug-header=x-debug-trace")) {
			assertThat(sampled(application, "/orders", "x-debug-trace", "1")).isFalse();
			assertThat(sampled(application, "/orders", "x-debug-trace", "1", "x-forwarded-for", "10.0.0.1")).isFalse();
			assertThat(sampled(application, "/orders", "traceparent", SAMPLED)).isFalse();
			assertThat(sampled(application, "/orders", "X-B3-Flags", "1")).isFalse();
			assertThat(sampled(application, "/orders", "b3", "0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-d"))
				.isFalse();
			change(application, RULE + "ratio=1");
			assertThat(sampled(application, "/orders", "traceparent", NOT_SAMPLED)).isTrue();
			assertThat(application.get("/orders", "traceparent", NOT_SAMPLED).headers().firstValue("X-Trace-Id"))
				.hasValue("0af7651916cd43dd8448eb211c80319c");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void labelsCallersAndQueriesAreMatchedAndTheApplicationHasTheLastWord(WebApplicationType type) throws Exception {
		try (TracedApplication application = start(type, "--" + RULE + "ratio=0",
				"--governance.rules.sampling.lane.ratio=1", "--governance.rules.sampling.lane.match.labels.lane=blue",
				"--governance.rules.sampling.caller.ratio=1", "--governance.rules.sampling.caller.match.caller=shop",
				"--governance.rules.sampling.query.ratio=1",
				"--governance.rules.sampling.query.match.query.trace.present=true")) {
			assertThat(sampled(application, "/orders", "baggage", "lane=blue")).isTrue();
			assertThat(sampled(application, "/orders", "baggage", "lane=green")).isFalse();
			assertThat(sampled(application, "/orders", "x-governance-caller", "shop")).isTrue();
			assertThat(sampled(application, "/orders?trace")).isTrue();
			assertThat(sampled(application, "/orders?trace", "user-agent", "kube-probe")).isFalse();
			assertThat(sampled(application, "/orders")).isFalse();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void capHoldsUnderLoad(WebApplicationType type) throws Exception {
		try (TracedApplication application = start(type, "--" + RULE + "ratio=1", "--" + RULE + "per-second=5")) {
			long begin = TimeSource.system().nanoTime();
			long recorded = 0;
			for (int i = 0; i < 300; i++) {
				recorded += sampled(application, "/orders") ? 1 : 0;
			}
			double seconds = (TimeSource.system().nanoTime() - begin) / 1e9;
			assertThat((double) recorded).isBetween(1.0, 1 + 5 * seconds);
			assertThat(application.get("/actuator/prometheus").body().lines())
				.anyMatch((line) -> line.startsWith("governance_decisions_total{decision=\"capped\"")
						&& line.contains("rule_type=\"sampling\""));
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void ratioRisesWithErrorsAndFallsAgain(WebApplicationType type) throws Exception {
		try (TracedApplication application = start(type, "--" + RULE + "ratio=0", "--" + RULE + "errors.above=0.5",
				"--" + RULE + "errors.window=5m", "--" + RULE + "errors.minimum-calls=10")) {
			for (int i = 0; i < 10; i++) {
				assertThat(application.get("/missing").statusCode()).isEqualTo(404);
			}
			assertThat(sampled(application, "/orders")).isFalse();
			for (int i = 0; i < 20; i++) {
				assertThat(application.get("/broken").statusCode()).isEqualTo(500);
			}
			Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> sampled(application, "/orders"));
			assertThat(state(application)).endsWith("raised");
			Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !sampled(application, "/orders"));
			assertThat(state(application)).doesNotContain("raised");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void aShadowIsCountedAndPlainSpringBootDecides(WebApplicationType type) throws Exception {
		try (TracedApplication application = start(type, "--" + RULE + "ratio=0", "--" + RULE + "enforcement=SHADOW",
				"--management.tracing.sampling.probability=1")) {
			assertThat(sampled(application, "/orders")).isTrue();
			assertThat(application.get("/actuator/prometheus").body()).containsPattern(
					"governance_decisions_total\\{decision=\"not-sampled\",enforcement=\"shadow\".*\"sampling\"} [12].0");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE", "NONE" })
	void tracesThatNoRequestBeganAreDecidedToo(WebApplicationType type) {
		try (TracedApplication application = start(type, "--" + RULE + "ratio=0")) {
			Tracer tracer = application.context().getBean(Tracer.class);
			assertThat(tracer.nextSpan().context().sampled()).isFalse();
			change(application, RULE + "ratio=1", "governance.rules.sampling.mine.ratio=0",
					"governance.rules.sampling.mine.match.path=/orders");
			assertThat(tracer.nextSpan().context().sampled()).isTrue();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void switchedOffNoRuleIsAsked(WebApplicationType type) throws Exception {
		try (TracedApplication application = start(type, "--governance.tracing.enabled=false", "--" + RULE + "ratio=0",
				"--management.tracing.sampling.probability=1")) {
			assertThat(sampled(application, "/orders")).isTrue();
			assertThat(application.context().getBeanProvider(RuleSampler.class).getIfAvailable()).isNull();
		}
	}

	private static String state(TracedApplication application) {
		return application.context()
			.getBean(GovernanceEndpoint.class)
			.rules()
			.rules()
			.stream()
			.filter((rule) -> rule.type().equals("sampling"))
			.findFirst()
			.orElseThrow()
			.state();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Answers.class)
	static class Traced {

		@Bean
		ExtractionCustomizer neverSampleProbes() {
			return (extracted, request) -> "kube-probe".equals(request.first("user-agent")) ? extracted.sampled(false)
					: extracted;
		}

	}

	@RestController
	static class Answers {

		private final Tracer tracer;

		private final RestClient.Builder clients;

		Answers(Tracer tracer, RestClient.Builder clients) {
			this.tracer = tracer;
			this.clients = clients;
		}

		@GetMapping({ "/orders", "/orders/7", "/stock" })
		String sampled() {
			return String.valueOf(Objects.requireNonNull(this.tracer.currentSpan()).context().sampled());
		}

		@GetMapping("/front")
		String front(@RequestHeader("x-back") String back) {
			String called = this.clients.clone().build().get().uri(back).retrieve().body(String.class);
			assertThat(called).isEqualTo(sampled());
			return sampled();
		}

		@GetMapping("/broken")
		String broken() {
			throw new IllegalStateException("broken");
		}

	}

}
