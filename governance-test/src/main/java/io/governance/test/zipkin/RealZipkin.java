// SPDX-License-Identifier: Apache-2.0

package io.governance.test.zipkin;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

import io.governance.test.process.ServerHttp;
import io.governance.test.process.ServerProcess;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real Zipkin server as a process of its own, on a port of the loopback address that it
 * keeps. Register {@link ZipkinJar#requirement()} where it is used. It keeps spans in
 * memory: after a kill it comes back empty.
 */
public final class RealZipkin implements AutoCloseable {

	private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

	private static final JsonMapper JSON = new JsonMapper();

	private final ServerProcess process;

	private final ServerHttp http;

	private RealZipkin(ServerProcess process) {
		this.process = process;
		this.http = new ServerHttp(process.port(), ANSWER_WITHIN);
	}

	/**
	 * Starts a server and waits until it is ready.
	 * @return the server
	 * @throws IllegalStateException with its last words if it does not get ready
	 */
	public static RealZipkin start() {
		return new RealZipkin(ServerProcess.start("zipkin", 1, (directory, ports) -> command(ports.get(0)),
				ServerHttp.ready("/health")));
	}

	private static List<String> command(int port) {
		return List.of(System.getProperty("java.home") + "/bin/java", "-Xmx128m", "-XX:+UseSerialGC",
				"-XX:TieredStopAtLevel=1", "-jar", ZipkinJar.find().orElseThrow().toString(),
				"--armeria.ports[0].ip=127.0.0.1", "--armeria.ports[0].port=" + port,
				"--armeria.ports[0].protocols[0]=http", "--zipkin.storage.mem.max-spans=20000");
	}

	/**
	 * Where spans are sent to.
	 * @return for example {@code http://127.0.0.1:39113/api/v2/spans}
	 */
	public String endpoint() {
		return this.http.uri() + "/api/v2/spans";
	}

	/**
	 * Asks for a trace.
	 * @param traceId its id
	 * @return its spans, an array; empty while it knows none
	 */
	public JsonNode trace(String traceId) {
		HttpResponse<String> answer = this.http.get("/api/v2/trace/" + traceId);
		return JSON.readTree((answer.statusCode() == 200) ? answer.body() : "[]");
	}

	/**
	 * Ends the server as an accident would.
	 */
	public void kill() {
		this.process.kill();
	}

	/**
	 * Starts the server again, empty, at the same address; returns when it is ready.
	 */
	public void restart() {
		this.process.restart();
	}

	/**
	 * Has the server hang: its port takes connections, and nothing is answered.
	 */
	public void hang() {
		this.process.signal("STOP");
	}

	/**
	 * Has a hung server go on.
	 */
	public void goOn() {
		this.process.signal("CONT");
	}

	@Override
	public void close() {
		this.process.close();
	}

}
