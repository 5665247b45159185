// SPDX-License-Identifier: Apache-2.0

package io.governance.test.contract;

import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.governance.policy.CallRejectedException;
import io.governance.test.ReceivedRequest;
import io.governance.test.conformance.Contract;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * What every client that chooses instances must do in an application with the whole
 * suite. Extend it, and start the application.
 */
@Contract
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class BalancedContract {

	/** The services that are called. {@code nobody} has no instances. */
	protected static final List<String> SERVICES = List.of("inventory", "my_service", "retrying", "limited", "breaking",
			"slow", "routed", "mirrored");

	private @Nullable BalancedFixture fixture;

	/**
	 * Starts the application.
	 * @param properties what to start it with
	 * @return the running application
	 */
	protected abstract Application start(List<String> properties);

	@BeforeAll
	final void startApplication() {
		this.fixture = new BalancedFixture(this::start);
	}

	@AfterAll
	final void stopApplication() {
		fixture().close();
	}

	private BalancedFixture fixture() {
		return Objects.requireNonNull(this.fixture, "started before all tests");
	}

	private OutboundClient client(String service) {
		return fixture().application.client(service);
	}

	private static OutboundClient.Answer get(OutboundClient client, String path) {
		return client.send(OutboundClient.Request.of("GET", path));
	}

	@Test
	void instancesOfTheServiceAreChosen() {
		assertThat(answers("inventory")).containsExactlyInAnyOrder("one", "two");
	}

	@Test
	protected void aServiceNameThatIsNoHostNameWorks() {
		assertThat(answers("my_service")).containsExactlyInAnyOrder("one", "two");
	}

	@Test
	void aPortInTheAddressIsNoPartOfTheName() {
		assertThat(answers("inventory:80")).containsExactlyInAnyOrder("one", "two");
	}

	private Set<String> answers(String service) {
		OutboundClient client = client(service);
		Set<String> answers = new HashSet<>();
		for (int i = 0; i < 60; i++) {
			answers.add(String.valueOf(get(client, "/items").body()));
		}
		return answers;
	}

	@Test
	void aServiceWithoutInstancesIsARejection() {
		assertThatExceptionOfType(CallRejectedException.class).isThrownBy(() -> get(client("nobody"), "/items"))
			.satisfies((rejected) -> {
				assertThat(rejected.rejection().reason().name()).isEqualTo("no-instance");
				assertThat(rejected.rejection().reason().status()).isEqualTo(503);
			});
	}

	@Test
	void anotherAttemptGoesToAnotherInstance() {
		assertThat(get(client("retrying"), "/busy-at-first").status()).isEqualTo(200);
		assertThat(fixture().one.requests()).filteredOn((request) -> request.path().equals("/busy-at-first"))
			.hasSize(1);
		assertThat(fixture().two.requests()).filteredOn((request) -> request.path().equals("/busy-at-first"))
			.hasSize(1);
	}

	@Test
	void aPostThatWasNotProcessedIsSentToAnotherInstance() {
		OutboundClient.Request post = OutboundClient.Request.of("POST", "/refuses-at-first").body("content".getBytes());
		assertThat(client("retrying").send(post).status()).isEqualTo(200);
		assertThat(fixture().received("/refuses-at-first")).extracting(ReceivedRequest::body)
			.containsExactly("content", "content");
	}

	@Test
	void anInstanceThatRefusesConnectionsIsAvoided() {
		OutboundClient client = client("half-dead");
		for (int i = 0; i < 20; i++) {
			assertThat(get(client, "/avoid").body()).isEqualTo("two");
		}
		assertThat(fixture().received("/avoid"))
			.filteredOn((request) -> !"1".equals(request.header("x-governance-attempt")))
			.hasSizeLessThanOrEqualTo(2);
	}

	@Test
	void theDeadlineIsToldAndKept() {
		OutboundClient client = client("slow");
		assertThat(get(client, "/in-time").status()).isEqualTo(200);
		ReceivedRequest inTime = fixture().received("/in-time").get(0);
		assertThat(Long.valueOf(String.valueOf(inTime.header("x-governance-timeout-ms")))).isBetween(1L, 300L);
		assertThatExceptionOfType(CallRejectedException.class).isThrownBy(() -> get(client, "/hangs"))
			.satisfies((late) -> assertThat(late.rejection().reason().name()).isEqualTo("deadline-exceeded"));
	}

	@Test
	void aRateLimitRejects() {
		OutboundClient client = client("limited");
		assertThat(get(client, "/limited").status()).isEqualTo(200);
		assertThatExceptionOfType(CallRejectedException.class).isThrownBy(() -> get(client, "/limited"))
			.satisfies((rejected) -> assertThat(rejected.rejection().rule()).isEqualTo("rate-limit/limited"));
		assertThat(fixture().received("/limited")).hasSize(1);
	}

	@Test
	void aBreakerCountsEachErrorOnceAndOpens() {
		OutboundClient client = client("breaking");
		assertThat(get(client, "/unwell").status()).isEqualTo(500);
		assertThat(get(client, "/unwell").status()).isEqualTo(500);
		assertThatExceptionOfType(CallRejectedException.class).isThrownBy(() -> get(client, "/unwell"))
			.satisfies((rejected) -> assertThat(rejected.rejection().reason().name()).isEqualTo("circuit-open"));
		assertThat(fixture().received("/unwell")).hasSize(2);
	}

	@Test
	void theTraceItsBaggageAndTheCallerAreTold() {
		String traceId = UUID.randomUUID().toString().replace("-", "");
		OutboundClient client = client("inventory");
		fixture().application.traced(traceId, () -> get(client, "/traced"));
		ReceivedRequest request = fixture().received("/traced").get(0);
		assertThat(request.header("traceparent")).contains(traceId);
		assertThat(request.header("baggage")).isEqualTo("lane=blue");
		assertThat(request.header("x-governance-caller")).isEqualTo("orders");
	}

	@Test
	void aRouteChangesTheHeadersOfTheRequest() {
		client("routed").send(OutboundClient.Request.of("GET", "/routed").header("x-unwanted", "yes"));
		ReceivedRequest request = fixture().received("/routed").get(0);
		assertThat(request.header("x-added")).isEqualTo("yes");
		assertThat(request.header("x-unwanted")).isNull();
	}

	@Test
	void aCopyOfACallGoesElsewhereAndIsMarked() {
		OutboundClient.Request post = OutboundClient.Request.of("POST", "/copied?colour=dark%20red")
			.header("x-user", "ann")
			.body("content".getBytes());
		assertThat(client("mirrored").send(post).status()).isEqualTo(200);
		ReceivedRequest copy = fixture().copy();
		assertThat(List.of(copy.method(), copy.path(), copy.body())).containsExactly("POST", "/copied", "content");
		assertThat(copy.header("x-user")).isEqualTo("ann");
		assertThat(copy.header("x-governance-mirror")).isEqualTo("true");
		assertThat(copy.header("x-governance-caller")).isEqualTo("orders");
		assertThat(copy.header("x-governance-attempt")).isEqualTo("1");
		assertThat(copy.header("traceparent")).isNull();
		assertThat(fixture().received("/copied")).extracting((call) -> call.header("x-governance-mirror"))
			.containsExactly((String) null);
	}

	@Test
	void aCopyOfACallWithoutABodyIsSentToo() {
		assertThat(get(client("mirrored"), "/read").status()).isEqualTo(200);
		assertThat(fixture().copy().path()).isEqualTo("/read");
	}

	@Test
	void aCopyThatIsNotAnsweredHoldsNothingUp() {
		OutboundClient client = client("mirrored");
		assertThat(assertTimeoutPreemptively(Duration.ofSeconds(4), () -> get(client, "/hangs-when-copied").status()))
			.isEqualTo(200);
		assertThat(fixture().copy().path()).isEqualTo("/hangs-when-copied");
	}

	@Test
	void aLargeBodyIsNotCopied() {
		OutboundClient client = client("mirrored");
		client.send(OutboundClient.Request.of("POST", "/large").stream(new byte[1001]));
		client.send(OutboundClient.Request.of("POST", "/small").stream(new byte[1000]));
		ReceivedRequest copy = fixture().copy();
		assertThat(copy.path()).isEqualTo("/small");
		assertThat(copy.bodyBytes()).isEqualTo(1000);
	}

	@Test
	void aCopyIsNotCopiedAgain() {
		OutboundClient client = client("mirrored");
		client.send(OutboundClient.Request.of("GET", "/marked").header("x-governance-mirror", "true"));
		get(client, "/unmarked");
		assertThat(fixture().copy().path()).isEqualTo("/unmarked");
	}

	@Test
	void longBodiesGoBothWays() {
		OutboundClient.Request post = OutboundClient.Request.of("POST", "/long").stream(new byte[2_000_000]);
		assertThat(client("inventory").send(post).body()).hasSize(2_000_000);
		assertThat(fixture().received("/long")).extracting(ReceivedRequest::bodyBytes).containsExactly(2_000_000L);
	}

	@Test
	protected void aCallThatIsGivenUpEndsAtOnce() throws Exception {
		OutboundClient client = client("inventory");
		CompletableFuture<Void> ended = new CompletableFuture<>();
		Thread caller = new Thread(() -> {
			try {
				get(client, "/hangs");
			}
			finally {
				ended.complete(null);
			}
		}, "caller");
		caller.setUncaughtExceptionHandler((thread, error) -> ended.complete(null));
		caller.start();
		while (fixture().received("/hangs").stream().noneMatch(BalancedContract::hasAmpleTime)) {
			assertThat(awaitEnd(ended, Duration.ofMillis(10))).isFalse();
		}
		caller.interrupt();
		assertThat(awaitEnd(ended, Duration.ofSeconds(5))).isTrue();
		assertThat(get(client, "/items").status()).isEqualTo(200);
	}

	private static boolean hasAmpleTime(ReceivedRequest request) {
		String millis = request.header("x-governance-timeout-ms");
		return millis != null && Long.parseLong(millis) > 1000;
	}

	private static boolean awaitEnd(CompletableFuture<Void> ended, Duration time) throws Exception {
		try {
			ended.get(time.toMillis(), TimeUnit.MILLISECONDS);
			return true;
		}
		catch (TimeoutException ex) {
			return false;
		}
	}

	@Test
	void anAddressIsCalledAsItIs() {
		OutboundClient client = fixture().application.plain(fixture().two.uri());
		assertThat(get(client, "/plain").body()).isEqualTo("two");
		assertThat(fixture().received("/plain").get(0).headers().keySet())
			.noneMatch((name) -> name.startsWith("x-governance"));
	}

	/**
	 * An application under test with the whole suite, and clients of one kind in it.
	 */
	public interface Application extends AutoCloseable {

		/**
		 * A client of a service.
		 * @param service its name, as it stands in an address
		 * @return a client that chooses instances
		 */
		OutboundClient client(String service);

		/**
		 * A client of an address.
		 * @param uri scheme, host and port
		 * @return a client of the same kind that chooses no instances
		 */
		OutboundClient plain(URI uri);

		/**
		 * Works within a trace whose baggage has {@code lane=blue}.
		 * @param traceId the id of the trace
		 * @param work makes calls
		 * @return what the work gives
		 * @param <T> what the work gives
		 */
		<T> T traced(String traceId, Supplier<T> work);

		@Override
		void close();

	}

}
