// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.io.IOException;
import java.io.InputStream;

import io.governance.answer.AnswerCopy;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;

/**
 * A response whose body is copied as it is read.
 */
final class CopiedResponse implements ClientHttpResponse {

	private final ClientHttpResponse response;

	private final AnswerCopy copy;

	private @Nullable InputStream body;

	CopiedResponse(ClientHttpResponse response, AnswerCopy copy) {
		this.response = response;
		this.copy = copy;
	}

	@Override
	public HttpStatusCode getStatusCode() throws IOException {
		return this.response.getStatusCode();
	}

	@Override
	public String getStatusText() throws IOException {
		return this.response.getStatusText();
	}

	@Override
	public HttpHeaders getHeaders() {
		return this.response.getHeaders();
	}

	@Override
	public InputStream getBody() throws IOException {
		InputStream copied = this.body;
		if (copied == null) {
			boolean encoded = getHeaders().containsHeader(HttpHeaders.CONTENT_ENCODING);
			copied = new CopiedBody(this.response.getBody(), this.copy, encoded ? -1 : getHeaders().getContentLength());
			this.body = copied;
		}
		return copied;
	}

	@Override
	public void close() {
		// after its end, which completes it, that changes nothing
		this.copy.abandon();
		this.response.close();
	}

}
