// SPDX-License-Identifier: Apache-2.0

package io.governance.test.consul;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * The agent's process, its files and its ports.
 */
final class ConsulProcess implements AutoCloseable {

	private static final Duration START_WITHIN = Duration.ofSeconds(20);

	private static final long POLL_MILLIS = 25;

	private static final long STOP_SECONDS = 10;

	private static final int ATTEMPTS = 3;

	private final Path directory;

	private final List<Integer> ports;

	private final @Nullable String token;

	private volatile @Nullable Process process;

	private ConsulProcess(@Nullable String token) throws IOException {
		this.token = token;
		this.directory = Files.createTempDirectory("governance-consul");
		this.ports = freePorts();
		Files.writeString(configuration(), json());
		// A test run that is interrupted leaves no agent behind.
		Runtime.getRuntime().addShutdownHook(new Thread(this::kill, "governance-test-consul-stop"));
	}

	/** Another process may take a free port before Consul does: then others are tried. */
	static ConsulProcess start(@Nullable String token) {
		for (int attempt = 1;; attempt++) {
			try {
				ConsulProcess started = new ConsulProcess(token);
				try {
					started.start();
					return started;
				}
				catch (IllegalStateException ex) {
					started.close();
					if (attempt == ATTEMPTS) {
						throw ex;
					}
				}
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
	}

	URI uri() {
		return URI.create("http://127.0.0.1:" + this.ports.get(0));
	}

	void start() {
		Path binary = ConsulBinary.find().orElseThrow();
		ProcessBuilder command = new ProcessBuilder(binary.toString(), "agent", "-dev", "-node=test-node",
				"-bind=127.0.0.1", "-client=127.0.0.1", "-config-file=" + configuration())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(log()));
		try {
			Process started = command.start();
			this.process = started;
			awaitLeader(started);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void stop() {
		end(false);
	}

	void kill() {
		end(true);
	}

	@Override
	public void close() {
		kill();
		try {
			Files.deleteIfExists(configuration());
			Files.deleteIfExists(log().toPath());
			Files.deleteIfExists(this.directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void end(boolean forcibly) {
		Process running = this.process;
		if (running == null) {
			return;
		}
		if (forcibly) {
			running.destroyForcibly();
		}
		else {
			running.destroy();
		}
		if (!exitedWithin(running, TimeUnit.SECONDS.toMillis(STOP_SECONDS))) {
			running.destroyForcibly();
			throw new IllegalStateException("consul did not end within " + STOP_SECONDS + " s");
		}
		this.process = null;
	}

	/** The node must be in the catalog too: that comes a moment after the leader. */
	private void awaitLeader(Process started) {
		ConsulHttp http = new ConsulHttp(uri(), this.token);
		long begin = TimeSource.system().nanoTime();
		while (!exitedWithin(started, POLL_MILLIS)) {
			if (isReady(http)) {
				return;
			}
			if (TimeSource.system().nanoTime() - begin > START_WITHIN.toNanos()) {
				break;
			}
		}
		throw new IllegalStateException("consul did not get ready:\n" + lastLines());
	}

	private static boolean isReady(ConsulHttp http) {
		try {
			return http.get("/v1/status/leader").text().length() > 2
					&& http.get("/v1/health/service/consul?passing").text().contains("serfHealth");
		}
		catch (UncheckedIOException ex) {
			return false;
		}
	}

	private static boolean exitedWithin(Process process, long millis) {
		try {
			return process.waitFor(millis, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private String lastLines() {
		try {
			List<String> lines = Files.readAllLines(log().toPath());
			return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	private Path configuration() {
		return this.directory.resolve("consul.json");
	}

	private File log() {
		return this.directory.resolve("consul.log").toFile();
	}

	private String json() {
		String acl = (this.token == null) ? "" : """
				"acl": {"enabled": true, "default_policy": "deny",
				"tokens": {"master": "%1$s", "agent": "%1$s"}},
				""".formatted(this.token);
		return """
				{%s "disable_update_check": true,
				"ports": {"http": %d, "grpc": %d, "dns": %d, "server": %d, "serf_lan": %d, "serf_wan": -1}}
				""".formatted(acl, this.ports.get(0), this.ports.get(1), this.ports.get(2), this.ports.get(3),
				this.ports.get(4));
	}

	private static List<Integer> freePorts() throws IOException {
		List<ServerSocket> sockets = new ArrayList<>();
		List<Integer> ports = new ArrayList<>();
		try {
			for (int i = 0; i < 5; i++) {
				ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				sockets.add(socket);
				ports.add(socket.getLocalPort());
			}
		}
		finally {
			for (ServerSocket socket : sockets) {
				socket.close();
			}
		}
		return ports;
	}

}
