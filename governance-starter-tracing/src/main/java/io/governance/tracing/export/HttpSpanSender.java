// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.export;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.governance.time.TimeSource;

/**
 * Posts messages over HTTP/1.1 with the JDK's client, which no instrumentation of ours
 * sees: an export makes no spans.
 */
final class HttpSpanSender implements SpanSender {

	private final ExportSettings.Connection connection;

	private final String mediaType;

	private final HttpDialect dialect;

	private final ThreadPoolExecutor threads;

	private final HttpClient client;

	HttpSpanSender(ExportSettings.Connection connection, String mediaType, HttpDialect dialect) {
		this.connection = connection;
		this.mediaType = mediaType;
		this.dialect = dialect;
		this.threads = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), (task) -> {
			Thread thread = new Thread(task, "governance-span-http");
			thread.setDaemon(true);
			return thread;
		});
		this.threads.allowCoreThreadTimeOut(true);
		HttpClient.Builder builder = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.connectTimeout(connection.connectTimeout())
			.executor(this.threads);
		if (connection.ssl() != null) {
			builder.sslContext(connection.ssl());
		}
		this.client = builder.build();
	}

	@Override
	public PartialSuccess send(byte[] message) throws SendException, InterruptedException {
		CompletableFuture<HttpResponse<byte[]>> answer = this.client.sendAsync(request(message),
				(head) -> new BoundedBody());
		try {
			// the request's own timeout ends with the headers of the answer
			return read(answer.get(this.connection.timeout().toMillis(), TimeUnit.MILLISECONDS));
		}
		catch (TimeoutException ex) {
			throw new SendException("no answer within " + this.connection.timeout().toMillis() + "ms", true);
		}
		catch (ExecutionException ex) {
			throw SendException.of((ex.getCause() != null) ? ex.getCause() : ex);
		}
		finally {
			answer.cancel(true);
		}
	}

	private PartialSuccess read(HttpResponse<byte[]> answer) throws SendException {
		int status = answer.statusCode();
		if (status / 100 != 2) {
			Duration retryAfter = answer.headers()
				.firstValue("retry-after")
				.map((header) -> RetryAfter.of(header, TimeSource.system().epochMillis()))
				.orElse(Duration.ZERO);
			throw new SendException("HTTP status " + status, this.dialect.isWorthRetrying(status), retryAfter);
		}
		return this.dialect.refused(answer.headers().firstValue("content-type").orElse(""), answer.body());
	}

	private HttpRequest request(byte[] message) {
		boolean compressed = this.connection.compression() && Gzip.isWorthwhile(message);
		HttpRequest.Builder request = HttpRequest.newBuilder(this.connection.endpoint())
			.POST(BodyPublishers.ofByteArray(compressed ? Gzip.compress(message) : message))
			.setHeader("content-type", this.mediaType)
			// for a backend behind a traced proxy: an export is no part of a trace
			.setHeader("b3", "0");
		if (compressed) {
			request.setHeader("content-encoding", "gzip");
		}
		this.connection.headers().forEach(request::setHeader);
		return request.build();
	}

	@Override
	public void close() {
		this.threads.shutdownNow();
	}

}
