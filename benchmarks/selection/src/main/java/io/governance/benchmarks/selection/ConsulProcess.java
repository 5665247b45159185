// SPDX-License-Identifier: Apache-2.0

package io.governance.benchmarks.selection;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

import io.governance.test.process.ServerHttp;
import io.governance.test.process.ServerProcess;

/**
 * A real Consul for as long as it is open.
 */
final class ConsulProcess implements AutoCloseable {

	private static final int PORTS = 3;

	private final HttpClient client = HttpClient.newHttpClient();

	private final ServerProcess process;

	/**
	 * Starts it.
	 * @param command the {@code consul} command
	 */
	ConsulProcess(String command) {
		this.process = ServerProcess.start("consul", PORTS,
				(directory, ports) -> List.of(command, "agent", "-dev", "-node=bench", "-bind=127.0.0.1",
						"-client=127.0.0.1", "-http-port=" + ports.get(0), "-server-port=" + ports.get(1),
						"-serf-lan-port=" + ports.get(2), "-serf-wan-port=-1", "-dns-port=-1", "-grpc-port=-1",
						"-hcl=disable_update_check = true"),
				ServerHttp.ready("/v1/catalog/nodes"));
	}

	int port() {
		return this.process.port();
	}

	void register(String id, int port) {
		put("register", "{\"ID\":\"%s\",\"Name\":\"%s\",\"Address\":\"127.0.0.1\",\"Port\":%d}".formatted(id,
				Fleet.SERVICE, port));
	}

	void deregister(String id) {
		put("deregister/" + id, "");
	}

	private void put(String path, String body) {
		HttpRequest request = HttpRequest
			.newBuilder(URI.create("http://127.0.0.1:" + port() + "/v1/agent/service/" + path))
			.PUT(BodyPublishers.ofString(body))
			.build();
		try {
			HttpResponse<String> answer = this.client.send(request, BodyHandlers.ofString());
			if (answer.statusCode() != 200) {
				throw new IllegalStateException(path + ": " + answer.statusCode() + " " + answer.body());
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.process.close();
	}

}
