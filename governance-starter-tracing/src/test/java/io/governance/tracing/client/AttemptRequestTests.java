// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.client;

import java.io.IOException;
import java.net.URI;
import java.util.Map;

import io.governance.context.Attempts;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import org.junit.jupiter.api.Test;
import org.mockito.Answers;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpResponse;

import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

class AttemptRequestTests {

	private final Tracer tracer = mock(Tracer.class, Answers.RETURNS_DEEP_STUBS);

	private final ClientHttpRequest request = mock(ClientHttpRequest.class);

	private final ClientHttpResponse response = mock(ClientHttpResponse.class);

	@Test
	void aResponseWithoutAStatusIsClosed() throws IOException {
		Span call = mock(Span.class, Answers.RETURNS_DEEP_STUBS);
		given(call.context().sampled()).willReturn(true);
		given(this.tracer.currentSpan()).willReturn(call);
		given(this.request.getAttributes()).willReturn(Map.of(Attempts.ATTRIBUTE, new Attempts("orders")));
		given(this.request.getMethod()).willReturn(HttpMethod.GET);
		given(this.request.getURI()).willReturn(URI.create("/"));
		given(this.request.getHeaders()).willReturn(new HttpHeaders());
		given(this.request.execute()).willReturn(this.response);
		given(this.response.getStatusCode()).willThrow(new IOException("no status"));
		ClientHttpRequest attempt = AttemptRequest.of(this.request,
				new AttemptSpans(this.tracer, mock(Propagator.class)));
		assertThatIOException().isThrownBy(attempt::execute).withMessage("no status");
		then(this.response).should().close();
	}

}
