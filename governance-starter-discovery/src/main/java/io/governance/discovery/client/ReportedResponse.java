// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import io.governance.context.GovernanceHeaders;
import io.governance.discovery.SelectedInstance;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;

/**
 * A response whose body tells how the attempt ended: well when it is read to its end or
 * closed, else with the error.
 */
final class ReportedResponse implements ClientHttpResponse {

	private final ClientHttpResponse response;

	private final SelectedInstance selected;

	private @Nullable InputStream body;

	private ReportedResponse(ClientHttpResponse response, SelectedInstance selected) {
		this.response = response;
		this.selected = selected;
	}

	static ClientHttpResponse of(ClientHttpResponse response, SelectedInstance selected) throws IOException {
		boolean notProcessed = "true".equalsIgnoreCase(response.getHeaders().getFirst(GovernanceHeaders.NOT_PROCESSED));
		return selected.answered(response.getStatusCode().value(), notProcessed)
				? new ReportedResponse(response, selected) : response;
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
			this.body = new ReportedBody(this.response.getBody(), this.selected);
		}
		return this.body;
	}

	@Override
	public void close() {
		this.selected.completed();
		this.response.close();
	}

	private static final class ReportedBody extends FilterInputStream {

		private final SelectedInstance selected;

		ReportedBody(InputStream body, SelectedInstance selected) {
			super(body);
			this.selected = selected;
		}

		@Override
		public int read() throws IOException {
			try {
				return ended(this.in.read());
			}
			catch (IOException ex) {
				this.selected.failed(ex, false);
				throw ex;
			}
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			try {
				return ended(this.in.read(bytes, offset, length));
			}
			catch (IOException ex) {
				this.selected.failed(ex, false);
				throw ex;
			}
		}

		private int ended(int read) {
			if (read < 0) {
				this.selected.completed();
			}
			return read;
		}

		@Override
		public void close() throws IOException {
			this.selected.completed();
			super.close();
		}

	}

}
