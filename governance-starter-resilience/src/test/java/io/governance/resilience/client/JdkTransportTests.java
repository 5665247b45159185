// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

import io.governance.test.ScriptedUpstream;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpMethod;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link JdkTransport}.
 */
class JdkTransportTests {

	private static final URI ANYWHERE = URI.create("http://127.0.0.1/");

	private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

	@Test
	void theUsersClientIsTakenWhereNoTimeToConnectIsGiven() throws IOException {
		HttpClient users = HttpClient.newHttpClient();
		assertThat(client(transport(users), null)).isSameAs(users);
	}

	@Test
	void theUsersClientIsTakenWhereItsOwnTimeToConnectIsShorter() throws IOException {
		HttpClient users = HttpClient.newBuilder().connectTimeout(Duration.ofMillis(100)).build();
		assertThat(client(transport(users), TWO_SECONDS)).isSameAs(users);
	}

	@Test
	void aClientWithTheTimeToConnectIsDerivedOnce() throws IOException {
		HttpClient users = HttpClient.newBuilder()
			.followRedirects(HttpClient.Redirect.NEVER)
			.version(HttpClient.Version.HTTP_1_1)
			.build();
		Transport transport = transport(users);
		HttpClient derived = client(transport, TWO_SECONDS);
		assertThat(derived.connectTimeout()).contains(TWO_SECONDS);
		assertThat(derived.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
		assertThat(client(transport, TWO_SECONDS)).isSameAs(derived);
	}

	@Test
	void derivedClientsAreBounded() throws IOException {
		Transport transport = transport(HttpClient.newHttpClient());
		for (int millis = 1; millis <= 50; millis++) {
			client(transport, Duration.ofMillis(millis));
		}
		assertThat((Map<?, ?>) ReflectionTestUtils.getField(transport, "derived")).hasSizeLessThanOrEqualTo(8);
	}

	@Test
	void aRequestThatIsStoppedBeforeItIsSentFails() throws IOException {
		try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
			Transport.Stoppable stoppable = transport(HttpClient.newHttpClient()).createRequest(upstream.uri(),
					HttpMethod.GET, null);
			stoppable.stop().run();
			assertThatThrownBy(() -> stoppable.request().execute()).isInstanceOf(IOException.class);
		}
	}

	@Test
	void aSubclassIsNotTakenForWhatItIsNot() {
		JdkClientHttpRequestFactory own = new JdkClientHttpRequestFactory() {
		};
		assertThat(Transports.of(own)).isNull();
	}

	private static Transport transport(HttpClient client) {
		return Objects.requireNonNull(Transports.of(new JdkClientHttpRequestFactory(client)));
	}

	private static HttpClient client(Transport transport, Duration connectTimeout) throws IOException {
		Transport.Stoppable made = transport.createRequest(ANYWHERE, HttpMethod.GET, connectTimeout);
		Object stoppable = Objects.requireNonNull(ReflectionTestUtils.getField(made.request(), "httpClient"));
		return (HttpClient) Objects.requireNonNull(ReflectionTestUtils.getField(stoppable, "delegate"));
	}

}
