// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import io.governance.client.FailureKinds;
import io.governance.policy.CallRejectedException;
import io.governance.policy.Outcome.Kind;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.timeout.ReadTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import javax.net.ssl.SSLHandshakeException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for {@link FailureKinds}.
 */
class FailureKindsTests {

	static Stream<Arguments> errors() {
		return Stream.of(arguments(new ConnectException("refused"), Kind.CONNECT_FAILURE),
				arguments(new UnknownHostException("x"), Kind.CONNECT_FAILURE),
				arguments(new NoRouteToHostException(), Kind.CONNECT_FAILURE),
				arguments(new UnresolvedAddressException(), Kind.CONNECT_FAILURE),
				arguments(new SSLHandshakeException("bad certificate"), Kind.CONNECT_FAILURE),
				arguments(new HttpConnectTimeoutException("late"), Kind.CONNECT_FAILURE),
				arguments(new ConnectTimeoutException("late"), Kind.CONNECT_FAILURE),
				arguments(new SocketTimeoutException("Connect timed out"), Kind.CONNECT_FAILURE),
				arguments(new HttpHostConnectException("refused"), Kind.CONNECT_FAILURE),
				arguments(new org.apache.hc.client5.http.ConnectTimeoutException("late"), Kind.CONNECT_FAILURE),
				arguments(new ConnectionRequestTimeoutException("pool"), Kind.CONNECT_FAILURE),
				arguments(new ConnectException("refused").initCause(new ClosedChannelException()),
						Kind.CONNECT_FAILURE),
				arguments(new SocketTimeoutException("Read timed out"), Kind.TIMEOUT),
				arguments(new HttpTimeoutException("late"), Kind.TIMEOUT),
				arguments(ReadTimeoutException.INSTANCE, Kind.TIMEOUT), arguments(new TimeoutException(), Kind.TIMEOUT),
				arguments(new SocketException("Connection reset"), Kind.RESET),
				arguments(new NoHttpResponseException("gone"), Kind.RESET),
				arguments(new IOException("header parser received no bytes"), Kind.RESET),
				arguments(new UncheckedIOException(new IOException("broken pipe")), Kind.RESET),
				arguments(new InterruptedIOException(), Kind.CANCELLED),
				arguments(new IOException("cancelled", new CancellationException()), Kind.CANCELLED),
				arguments(new CallRejectedException("x", Rejection.of(Reason.NO_INSTANCE)), Kind.REJECTED),
				arguments(new IllegalStateException("a bug"), Kind.ERROR));
	}

	@ParameterizedTest
	@MethodSource("errors")
	void tellsErrorsApart(Throwable error, Kind expected) {
		assertThat(FailureKinds.of(error)).isEqualTo(expected);
		assertThat(FailureKinds.of(new RuntimeException("wrapped", error))).isEqualTo(expected);
	}

	@Test
	void aCircleOfCausesEnds() {
		IllegalStateException one = new IllegalStateException("one");
		one.initCause(new IllegalStateException("two", one));
		assertThat(FailureKinds.of(one)).isEqualTo(Kind.ERROR);
	}

}
