// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

import io.governance.context.Attempts;
import io.governance.execution.Deadline;
import io.governance.test.ManualTimeSource;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.mock.http.client.MockClientHttpRequest;
import org.springframework.mock.http.client.MockClientHttpResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link TransportRequest}.
 */
class TransportRequestTests {

	private static final URI ANYWHERE = URI.create("http://127.0.0.1/");

	private final CountDownLatch stopped = new CountDownLatch(1);

	private final ManualTimeSource time = new ManualTimeSource();

	private final AtomicBoolean closed = new AtomicBoolean();

	private final MockClientHttpResponse response = new MockClientHttpResponse(new byte[0], HttpStatus.OK) {

		@Override
		public void close() {
			TransportRequestTests.this.closed.set(true);
		}

	};

	@Test
	void aResponseInTimeIsTheResponse() throws IOException {
		assertThat(request(Duration.ofMinutes(1), false).execute()).isSameAs(this.response);
		assertThat(this.closed).isFalse();
	}

	@Test
	void aResponseThatComesWhenTheAttemptIsStoppedIsTooLate() {
		TransportRequest request = request(Duration.ofMillis(20), true);
		assertThatThrownBy(request::execute).isInstanceOf(SocketTimeoutException.class)
			.hasMessage("no response within 20 ms");
		assertThat(this.closed).isTrue();
	}

	@Test
	void whatTheAttemptWaitedForBeforeIsPartOfItsTime() {
		Attempts attempts = new Attempts("orders");
		attempts.begin(1,
				new Attempts.Time(new Deadline(this.time.nanoTime() + Duration.ofMinutes(1).toNanos()), true));
		this.time.advance(Duration.ofMinutes(1).minusMillis(20));
		TransportRequest request = request(Duration.ofMinutes(1), true);
		request.getAttributes().put(Attempts.ATTRIBUTE, attempts);
		assertThatThrownBy(request::execute).isInstanceOf(SocketTimeoutException.class)
			.hasMessage("no response within 20 ms");
	}

	private TransportRequest request(Duration timeout, boolean whenStopped) {
		MockClientHttpRequest sent = new MockClientHttpRequest() {

			@Override
			protected ClientHttpResponse executeInternal() throws IOException {
				if (whenStopped) {
					awaitStop();
				}
				return TransportRequestTests.this.response;
			}

		};
		TransportRequest request = new TransportRequest(ANYWHERE, HttpMethod.GET,
				(uri, method, connect) -> new Transport.Stoppable(sent, this.stopped::countDown, true), this.time);
		request.getAttributes().put(AttemptTimes.ATTRIBUTE, new AttemptTimes(timeout, null));
		return request;
	}

	private void awaitStop() throws IOException {
		try {
			this.stopped.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException();
		}
	}

}
