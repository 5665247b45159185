// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

import io.governance.context.GovernanceHeaders;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;

/**
 * A response that no service gave. Has no body.
 */
final class InjectedResponse implements ClientHttpResponse {

	private final HttpStatusCode status;

	private final HttpHeaders headers = new HttpHeaders();

	/**
	 * Creates the response.
	 * @param status its status
	 * @param rule the rule that gives it
	 */
	InjectedResponse(int status, String rule) {
		this.status = HttpStatusCode.valueOf(status);
		this.headers.set(GovernanceHeaders.FAULT, rule);
		this.headers.setContentLength(0);
	}

	@Override
	public HttpStatusCode getStatusCode() {
		return this.status;
	}

	@Override
	public String getStatusText() {
		HttpStatus known = HttpStatus.resolve(this.status.value());
		return (known != null) ? known.getReasonPhrase() : "";
	}

	@Override
	public HttpHeaders getHeaders() {
		return this.headers;
	}

	@Override
	public InputStream getBody() {
		return new ByteArrayInputStream(new byte[0]);
	}

	@Override
	public void close() {
		// holds nothing
	}

}
