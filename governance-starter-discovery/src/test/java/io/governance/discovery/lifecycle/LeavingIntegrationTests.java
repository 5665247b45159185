// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.lifecycle;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.governance.discovery.ServiceViews;
import io.governance.discovery.lifecycle.Caller.Answer;
import io.governance.discovery.registration.SelfRegistration;
import io.governance.embeddedconsul.EmbeddedConsul;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An application that leaves while it is called, on each server.
 */
class LeavingIntegrationTests {

	private static final String DELAY = "governance.discovery.lifecycle.leave-delay=700ms";

	private static final String WINDOW = "governance.discovery.lifecycle.late-window=2s";

	private static final String AT_ONCE = "governance.discovery.lifecycle.leave-delay=0s";

	private static final String NO_WINDOW = "governance.discovery.lifecycle.late-window=0s";

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private EmbeddedConsul consul;

	@BeforeEach
	void start() {
		this.consul = EmbeddedConsul.startOnFreePort();
	}

	@AfterEach
	void stop() {
		this.consul.close();
	}

	@ParameterizedTest
	@EnumSource
	void callersThatHaveNotSeenItAreServedAndThenRefusedSafely(Servers server) {
		ConfigurableApplicationContext leaving = run(server);
		int port = Servers.port(leaving);
		CompletableFuture<Void> closed;
		List<Answer> answers;
		try (Caller caller = new Caller(port, port)) {
			await().until(() -> caller.answers().size() > 50);
			closed = CompletableFuture.runAsync(leaving::close);
			await().pollInterval(Duration.ofMillis(10)).until(() -> caller.refusals() > 60);
			answers = caller.answers();
		}
		assertThat(answers).filteredOn((answer) -> !answer.isDone() && !answer.isRefused()).isEmpty();
		assertThat(answers).filteredOn((answer) -> answer.isDone() && answer.asksToClose())
			.as("served while callers have not seen it")
			.hasSizeGreaterThan(20);
		assertThat(answers).filteredOn(Answer::isRefused).isNotEmpty().allSatisfy((answer) -> {
			assertThat(answer.asksToClose()).isTrue();
			assertThat(answer.response().headers().firstValue("content-type")).hasValue("application/problem+json");
			assertThat(answer.response().body()).contains("\"reason\":\"instance-leaving\"", "\"status\":503");
		});
		await().until(closed::isDone);
	}

	@ParameterizedTest
	@EnumSource
	void noCallFailsWhereThereIsAnotherInstance(Servers server) {
		ConfigurableApplicationContext leaving = run(server);
		try (ConfigurableApplicationContext staying = runQuick(server)) {
			List<Answer> answers;
			int refusals;
			try (Caller caller = new Caller(Servers.port(leaving), Servers.port(staying))) {
				await().until(() -> caller.answers().size() > 50);
				leaving.close();
				answers = caller.answers();
				refusals = caller.refusals();
			}
			assertThat(refusals).isPositive();
			assertThat(answers).hasSizeGreaterThan(50).filteredOn((answer) -> !answer.isDone()).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource
	void aCallThatIsRunningComesToItsEnd(Servers server) {
		ConfigurableApplicationContext leaving = runQuick(server);
		LeavingApplication application = leaving.getBean(LeavingApplication.class);
		InstanceLifecycle lifecycle = leaving.getBean(InstanceLifecycle.class);
		CompletableFuture<HttpResponse<String>> slow = this.client.sendAsync(request(leaving, "/slow"),
				BodyHandlers.ofString());
		await().until(application::isCalled);
		CompletableFuture<Void> closed = CompletableFuture.runAsync(leaving::close);
		await().until(() -> lifecycle.status().state() == InstanceState.STOPPING);
		assertThat(closed).isNotDone();
		application.open();
		assertThat(slow.join().statusCode()).isEqualTo(200);
		assertThat(slow.join().body()).isEqualTo("done");
		await().until(closed::isDone);
	}

	@ParameterizedTest
	@EnumSource
	void aCallThatIsRunningCanCallOthers(Servers server) {
		ConfigurableApplicationContext leaving = run(server);
		try (ConfigurableApplicationContext staying = runQuick(server)) {
			ServiceViews views = leaving.getBean(ServiceViews.class);
			await().until(() -> views.view("leaving").size() == 2);
			LeavingApplication application = leaving.getBean(LeavingApplication.class);
			InstanceLifecycle lifecycle = leaving.getBean(InstanceLifecycle.class);
			CompletableFuture<HttpResponse<String>> relay = this.client.sendAsync(request(leaving, "/relay"),
					BodyHandlers.ofString());
			await().until(application::isCalled);
			CompletableFuture<Void> closed = CompletableFuture.runAsync(leaving::close);
			await().until(() -> lifecycle.status().state() == InstanceState.STOPPING);
			assertThat(views.view("leaving").size()).isEqualTo(1);
			application.open();
			assertThat(relay.join().body()).isEqualTo("done, done");
			await().until(closed::isDone);
		}
	}

	@ParameterizedTest
	@EnumSource
	void aLateCallerThatStillSendsGetsItsAnswer(Servers server) throws Exception {
		ConfigurableApplicationContext leaving = run(server);
		InstanceLifecycle lifecycle = leaving.getBean(InstanceLifecycle.class);
		CompletableFuture<Void> closed = CompletableFuture.runAsync(leaving::close);
		await().pollInterval(Duration.ofMillis(10)).until(() -> lifecycle.status().state() == InstanceState.REFUSING);
		try (SlowRequest late = new SlowRequest(Servers.port(leaving), "/work")) {
			assertThat(late.finish()).startsWith("HTTP/1.1 503");
		}
		await().until(closed::isDone);
	}

	@ParameterizedTest
	@EnumSource(names = { "TOMCAT", "NETTY", "REACTIVE_TOMCAT" })
	void overHttp2ALateCallIsRefusedToo(Servers server) throws Exception {
		ConfigurableApplicationContext leaving = run(server, "server.http2.enabled=true");
		HttpClient http2 = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
		HttpRequest work = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + Servers.port(leaving) + "/work"))
			.POST(HttpRequest.BodyPublishers.noBody())
			.build();
		http2.send(work, BodyHandlers.ofString());
		CompletableFuture<Void> closed = CompletableFuture.runAsync(leaving::close);
		HttpResponse<String> late = await().pollInterval(Duration.ofMillis(20))
			.until(() -> http2.send(work, BodyHandlers.ofString()), (answer) -> answer.statusCode() != 200);
		assertThat(late.version()).isEqualTo(HttpClient.Version.HTTP_2);
		assertThat(late.statusCode()).isEqualTo(503);
		assertThat(late.headers().firstValue("x-governance-not-processed")).hasValue("true");
		assertThat(late.headers().firstValue("connection")).isEmpty();
		await().until(closed::isDone);
	}

	@Test
	void theActuatorAnswersToTheEnd() throws Exception {
		ConfigurableApplicationContext leaving = run(Servers.TOMCAT);
		HttpRequest health = request(leaving, "/actuator/health/readiness");
		HttpRequest state = request(leaving, "/actuator/governanceinstance");
		assertThat(this.client.send(health, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
		InstanceLifecycle lifecycle = leaving.getBean(InstanceLifecycle.class);
		CompletableFuture<Void> closed = CompletableFuture.runAsync(leaving::close);
		await().pollInterval(Duration.ofMillis(10)).until(() -> lifecycle.status().state() == InstanceState.REFUSING);
		assertThat(this.client.send(health, BodyHandlers.ofString()).statusCode()).isEqualTo(503);
		assertThat(this.client.send(state, BodyHandlers.ofString()).body()).contains("\"state\":\"REFUSING\"");
		await().until(closed::isDone);
	}

	@Test
	void aContextThatIsOnlyStoppedComesBack() {
		try (ConfigurableApplicationContext context = run(Servers.TOMCAT)) {
			InstanceLifecycle lifecycle = context.getBean(InstanceLifecycle.class);
			ServiceViews views = context.getBean(ServiceViews.class);
			await().until(() -> views.view("leaving").size() == 1);
			context.stop();
			assertThat(lifecycle.status().state()).isEqualTo(InstanceState.STOPPING);
			await().until(() -> views.view("leaving").size() == 0);
			context.start();
			await().until(() -> views.view("leaving").size() == 1);
			assertThat(lifecycle.status().state()).isEqualTo(InstanceState.IN_SERVICE);
		}
	}

	@Test
	void anInstanceThatWasNeverRegisteredStopsAtOnce() {
		ConfigurableApplicationContext alone = Servers.TOMCAT.run(this.consul.port(),
				"governance.discovery.registration.enabled=false", "governance.discovery.lifecycle.leave-delay=29s");
		CompletableFuture<Void> closed = CompletableFuture.runAsync(alone::close);
		await().atMost(Duration.ofSeconds(5)).until(closed::isDone);
	}

	private ConfigurableApplicationContext run(Servers server) {
		return run(server, "server.http2.enabled=false");
	}

	private ConfigurableApplicationContext run(Servers server, String property) {
		return registered(server.run(this.consul.port(), DELAY, WINDOW, property));
	}

	/** One whose leave-taking is not looked at. */
	private ConfigurableApplicationContext runQuick(Servers server) {
		return registered(server.run(this.consul.port(), AT_ONCE, NO_WINDOW));
	}

	private static ConfigurableApplicationContext registered(ConfigurableApplicationContext context) {
		InstanceLifecycle lifecycle = context.getBean(InstanceLifecycle.class);
		assertThat(lifecycle.status().state()).isEqualTo(InstanceState.IN_SERVICE);
		SelfRegistration registration = context.getBean(SelfRegistration.class);
		await().until(() -> registration.registrations() == 1);
		return context;
	}

	private static HttpRequest request(ConfigurableApplicationContext context, String path) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + Servers.port(context) + path)).build();
	}

}
