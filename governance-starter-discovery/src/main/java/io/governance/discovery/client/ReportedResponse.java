// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.client;

import java.io.IOException;
import java.io.InputStream;

import io.governance.client.WatchedBody;
import io.governance.context.GovernanceHeaders;
import io.governance.discovery.SelectedInstance;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;

/**
 * A response whose body tells how the attempt ended: well when it is read to its end or
 * closed, else with the error.
 */
final class ReportedResponse implements ClientHttpResponse {

	private final ClientHttpResponse response;

	private final HttpMethod method;

	private final SelectedInstance selected;

	private @Nullable InputStream body;

	private ReportedResponse(ClientHttpResponse response, HttpMethod method, SelectedInstance selected) {
		this.response = response;
		this.method = method;
		this.selected = selected;
	}

	static ClientHttpResponse of(ClientHttpResponse response, HttpMethod method, SelectedInstance selected)
			throws IOException {
		boolean notProcessed = "true".equalsIgnoreCase(response.getHeaders().getFirst(GovernanceHeaders.NOT_PROCESSED));
		return selected.answered(response.getStatusCode().value(), notProcessed)
				? new ReportedResponse(response, method, selected) : response;
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
		if (this.body == null) {
			this.body = new WatchedBody(this.response.getBody(), length(), new BodyReport(this.selected));
		}
		return this.body;
	}

	/**
	 * How many bytes must come: the length counts what was sent, which some clients
	 * decode.
	 */
	private long length() throws IOException {
		HttpHeaders headers = this.response.getHeaders();
		boolean other = headers.containsHeader(HttpHeaders.CONTENT_ENCODING) || HttpMethod.HEAD.equals(this.method)
				|| HttpStatus.NO_CONTENT.isSameCodeAs(getStatusCode())
				|| HttpStatus.NOT_MODIFIED.isSameCodeAs(getStatusCode());
		return other ? 0 : headers.getContentLength();
	}

	@Override
	public void close() {
		this.selected.completed();
		this.response.close();
	}

}
