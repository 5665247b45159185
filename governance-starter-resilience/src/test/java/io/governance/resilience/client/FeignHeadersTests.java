// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import feign.Client;
import feign.Request;
import feign.Request.HttpMethod;
import feign.RequestTemplate;
import feign.Response;
import feign.Target;
import io.governance.context.CallContext;
import io.governance.context.LabelSource;
import io.governance.context.Priority;
import io.governance.engine.PolicyEngine;
import io.governance.execution.Deadline;
import io.governance.policy.CallRejectedException;
import io.governance.policy.Direction;
import io.governance.resilience.execution.CallExecution;
import io.governance.test.ManualTimeSource;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.support.StaticListableBeanFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FeignHeadersTests {

	private final ManualTimeSource time = new ManualTimeSource();

	private final PolicyEngine engine = new PolicyEngine("orders", this.time, () -> 0L);

	private final List<Request> sent = new ArrayList<>();

	private final Client client = new FeignHeaders(new StaticListableBeanFactory(Map.of("settings",
			new ClientSettings(new CallExecution(this.engine, this.time, "orders"), LabelSource.NONE,
					new GovernedHosts(List.of("named.example")))))
		.getBeanProvider(ClientSettings.class)).enrich(this::answer);

	@Test
	void aCallToAServiceByItsNameSaysWhatItIsMadeFor() throws Exception {
		send("http://inventory/stock", Map.of("X-Governance-Caller", List.of("forged"), "accept", List.of("*/*")),
				Duration.ofMillis(1500));
		assertThat(header("x-governance-timeout-ms")).containsExactly("1500");
		assertThat(header("x-governance-attempt")).containsExactly("2");
		assertThat(header("x-governance-caller")).containsExactly("orders");
		assertThat(header("x-governance-priority")).containsExactly("critical");
		assertThat(header("accept")).containsExactly("*/*");
	}

	@Test
	void aNamedHostIsToldToo() throws Exception {
		send("http://named.example:8080/stock", Map.of(), Duration.ofMillis(1500));
		assertThat(header("x-governance-timeout-ms")).containsExactly("1500");
	}

	@Test
	void othersAreToldNothing() throws Exception {
		send("https://api.example.com/stock", Map.of(), Duration.ofMillis(1500));
		assertThat(this.sent.get(0).headers()).isEmpty();
	}

	@Test
	void aPathThatIsNoUriIsLeftToTheClient() throws Exception {
		send("http://inventory/stock?skus=a|b", Map.of(), Duration.ofMillis(1500));
		assertThat(this.sent.get(0).url()).endsWith("a|b");
		assertThat(header("x-governance-timeout-ms")).containsExactly("1500");
	}

	@Test
	void anAddressThatIsNoUriIsLeftToTheClient() throws Exception {
		send("http://in ventory/stock", Map.of(), Duration.ofMillis(1500));
		assertThat(this.sent.get(0).headers()).isEmpty();
	}

	@Test
	void withoutADeadlineNoneIsSent() throws Exception {
		send("http://inventory/stock", Map.of(), null);
		assertThat(header("x-governance-timeout-ms")).isNull();
		assertThat(header("x-governance-caller")).containsExactly("orders");
	}

	@Test
	void aPriorityThatTheApplicationChoseStays() throws Exception {
		send("http://inventory/stock", Map.of("x-governance-priority", List.of("sheddable")), null);
		assertThat(header("x-governance-priority")).containsExactly("sheddable");
	}

	@Test
	void aCallAfterTheDeadlineIsRefused() {
		assertThatExceptionOfType(CallRejectedException.class)
			.isThrownBy(() -> send("http://inventory/stock", Map.of(), Duration.ZERO))
			.withMessageContaining("inventory");
		assertThat(this.sent).isEmpty();
		assertThat(this.engine.deadlinesExceeded(Direction.OUTBOUND).sum()).isEqualTo(1);
	}

	@Test
	void aClientIsWrappedOnce() {
		FeignHeaders headers = new FeignHeaders(
				new StaticListableBeanFactory(Map.of()).getBeanProvider(ClientSettings.class));
		assertThat(headers.enrich(this.client)).isSameAs(this.client);
	}

	private void send(String url, Map<String, Collection<String>> headers, Duration left) throws IOException {
		RequestTemplate template = new RequestTemplate();
		template.feignTarget(new Target.HardCodedTarget<>(Runnable.class, "inventory", "http://inventory"));
		Request request = Request.create(HttpMethod.GET, url, headers, null, StandardCharsets.UTF_8, template);
		Deadline deadline = (left != null) ? Deadline.in(this.time, left) : null;
		CallContext context = new CallContext(deadline, 2, Map.of(), "storefront", Priority.CRITICAL);
		try (CallContext.Scope scope = context.makeCurrent()) {
			this.client.execute(request, new Request.Options());
		}
	}

	private Response answer(Request request, Request.Options options) {
		this.sent.add(request);
		return Response.builder().status(200).request(request).build();
	}

	private Collection<String> header(String name) {
		return this.sent.get(0).headers().get(name);
	}

}
