// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.export;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Posts messages over HTTP/1.1 with the JDK's client, which no instrumentation of ours
 * sees: an export makes no spans.
 */
final class HttpSpanSender implements SpanSender {

	private static final int REQUEST_TIMEOUT = 408;

	private static final int TOO_MANY_REQUESTS = 429;

	private final ExportSettings.Connection connection;

	private final String mediaType;

	private final ThreadPoolExecutor threads;

	private final HttpClient client;

	HttpSpanSender(ExportSettings.Connection connection, String mediaType) {
		this.connection = connection;
		this.mediaType = mediaType;
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
	public void send(byte[] message) throws SendException, InterruptedException {
		CompletableFuture<HttpResponse<Void>> answer = this.client.sendAsync(request(message),
				BodyHandlers.discarding());
		try {
			// the request's own timeout ends with the headers of the answer
			int status = answer.get(this.connection.timeout().toMillis(), TimeUnit.MILLISECONDS).statusCode();
			if (status / 100 != 2) {
				throw new SendException("HTTP status " + status,
						status / 100 == 5 || status == REQUEST_TIMEOUT || status == TOO_MANY_REQUESTS);
			}
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
