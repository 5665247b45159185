// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

import io.governance.answer.Answer;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;

/**
 * A response that did not come over the wire.
 */
final class AnsweredResponse implements ClientHttpResponse {

	private final Answer answer;

	private final HttpHeaders headers;

	private final InputStream body;

	AnsweredResponse(Answer answer) {
		this.answer = answer;
		this.headers = headers(answer);
		this.body = new ByteArrayInputStream(answer.body());
	}

	static HttpHeaders headers(Answer answer) {
		HttpHeaders headers = new HttpHeaders();
		answer.headers().forEach(headers::addAll);
		if (answer.body().length > 0) {
			headers.setContentLength(answer.body().length);
		}
		return headers;
	}

	@Override
	public HttpStatusCode getStatusCode() {
		return HttpStatusCode.valueOf(this.answer.status());
	}

	@Override
	public String getStatusText() {
		HttpStatus known = HttpStatus.resolve(this.answer.status());
		return (known != null) ? known.getReasonPhrase() : "";
	}

	@Override
	public HttpHeaders getHeaders() {
		return this.headers;
	}

	@Override
	public InputStream getBody() {
		return this.body;
	}

	@Override
	public void close() {
		// there is no connection
	}

}
