// SPDX-License-Identifier: Apache-2.0

package io.governance.test.store;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.governance.test.Requirement;
import io.governance.test.process.ServerProcess;
import org.jspecify.annotations.Nullable;

/**
 * A real Redis on a free port of the loopback address, without a password and without
 * files. The command is {@code REDIS_BIN}, {@code redis-server} on the path, or the one
 * that {@code scripts/test} has put into the cache.
 */
public final class RealRedis implements AutoCloseable {

	private static final String COMMAND = "redis-server";

	private final ServerProcess process;

	private RealRedis(ServerProcess process) {
		this.process = process;
	}

	/**
	 * What a test registers that needs a Redis.
	 * @return the requirement named {@code redis}
	 */
	public static Requirement requirement() {
		return new Requirement("redis", () -> find().isPresent() ? Optional.empty()
				: Optional.of("no redis-server in REDIS_BIN, on the PATH or in the cache; scripts/test installs one"));
	}

	/**
	 * Starts a server and waits until it answers.
	 * @return the server
	 * @throws IllegalStateException with its last words if it does not get ready
	 */
	public static RealRedis start() {
		return new RealRedis(ServerProcess.start("redis", 1,
				(directory, ports) -> List.of(find().orElseThrow().toString(), "--port", String.valueOf(ports.get(0)),
						"--bind", "127.0.0.1", "--save", "", "--dir", directory.toString()),
				(ports) -> () -> answers(ports.get(0))));
	}

	/**
	 * Its port.
	 * @return the port on 127.0.0.1
	 */
	public int port() {
		return this.process.port();
	}

	/**
	 * Ends it as an accident would. What it had is lost.
	 */
	public void kill() {
		this.process.kill();
	}

	/**
	 * Starts it again on the same port, empty.
	 */
	public void restart() {
		this.process.restart();
	}

	/**
	 * Sends the process a signal.
	 * @param signal its name, such as {@code STOP} and {@code CONT}
	 */
	public void signal(String signal) {
		this.process.signal(signal);
	}

	@Override
	public void close() {
		this.process.close();
	}

	private static boolean answers(int port) {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
			return socket.getInputStream().read() == '+';
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static Optional<Path> find() {
		@Nullable String named = System.getenv("REDIS_BIN");
		Stream<Path> candidates = (named != null && !named.isBlank()) ? Stream.of(Path.of(named))
				: Stream.concat(Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
					.map((directory) -> Path.of(directory, COMMAND)), Stream.of(cached()));
		return candidates.filter(Files::isExecutable).findFirst();
	}

	private static Path cached() {
		@Nullable String named = System.getenv("XDG_CACHE_HOME");
		Path cache = (named != null && !named.isBlank()) ? Path.of(named)
				: Path.of(System.getProperty("user.home"), ".cache");
		return cache.resolve("governance/redis/bin").resolve(COMMAND);
	}

}
