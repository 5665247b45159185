// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.accesslog;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Calls a server of this machine.
 */
final class AccessLogClient {

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final int port;

	AccessLogClient(int port) {
		this.port = port;
	}

	HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
		return send("GET", path, BodyPublishers.noBody(), headers);
	}

	HttpResponse<String> post(String path, String body, String... headers) throws IOException, InterruptedException {
		return send("POST", path, BodyPublishers.ofString(body), headers);
	}

	HttpResponse<String> head(String path) throws IOException, InterruptedException {
		return send("HEAD", path, BodyPublishers.noBody());
	}

	private HttpResponse<String> send(String method, String path, BodyPublisher body, String... headers)
			throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path))
			.timeout(Duration.ofSeconds(30))
			.method(method, body);
		if (headers.length > 0) {
			request.headers(headers);
		}
		return this.client.send(request.build(), BodyHandlers.ofString());
	}

	/**
	 * Reads the beginning of a response, and breaks off.
	 */
	void abandon(String path, int read) throws IOException {
		try (Socket socket = new Socket("127.0.0.1", this.port)) {
			socket.setSoLinger(true, 0);
			String head = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
			socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
			InputStream in = socket.getInputStream();
			in.readNBytes(read);
		}
	}

	/**
	 * Sends bytes as they are, and reads the answer to its end.
	 */
	String raw(String request) throws IOException {
		try (Socket socket = new Socket("127.0.0.1", this.port)) {
			socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
		}
	}

}
