// SPDX-License-Identifier: Apache-2.0

package io.governance.test.store;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.governance.test.Requirement;
import io.governance.test.process.ServerCommand;
import io.governance.test.process.ServerProcess;
import org.jspecify.annotations.Nullable;

/**
 * A real Redis on a free port of the loopback address, without files, and without a
 * password unless an option sets one. The command is {@code REDIS_BIN},
 * {@code redis-server} on the path, or the one that {@code scripts/test} has put into the
 * cache.
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
	 * @param options further ones of the command line, such as {@code --requirepass}
	 * @return the server
	 * @throws IllegalStateException with its last words if it does not get ready
	 */
	public static RealRedis start(String... options) {
		return start(1, (directory, ports) -> server(directory, ports.get(0), List.of(options)));
	}

	/**
	 * Starts a cluster of one server, which has all slots.
	 * @return the server
	 * @throws IllegalStateException with its last words if it does not get ready
	 */
	public static RealRedis cluster() {
		RealRedis started = start(2, (directory, ports) -> server(directory, ports.get(0),
				List.of("--cluster-enabled", "yes", "--cluster-port", String.valueOf(ports.get(1)))));
		ask(started.port(), "CLUSTER ADDSLOTSRANGE 0 16383");
		return started;
	}

	/**
	 * Starts a sentinel, which watches this server under the name {@code main}.
	 * @return the sentinel
	 * @throws IllegalStateException with its last words if it does not get ready
	 */
	public RealRedis sentinel() {
		return start(1, (directory, ports) -> {
			Path file = Files.writeString(directory.resolve("sentinel.conf"),
					"sentinel monitor main 127.0.0.1 " + port() + " 1\n");
			return List.of(find().orElseThrow().toString(), file.toString(), "--sentinel", "--port",
					String.valueOf(ports.get(0)), "--bind", "127.0.0.1", "--dir", directory.toString());
		});
	}

	private static RealRedis start(int ports, ServerCommand command) {
		return new RealRedis(ServerProcess.start("redis", ports, command, (taken) -> () -> answers(taken.get(0))));
	}

	private static List<String> server(Path directory, int port, List<String> options) {
		List<String> words = new ArrayList<>(List.of(find().orElseThrow().toString(), "--port", String.valueOf(port),
				"--bind", "127.0.0.1", "--save", "", "--dir", directory.toString()));
		words.addAll(options);
		return words;
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
		String answer = ask(port, "PING");
		return answer.startsWith("+") || answer.startsWith("-NOAUTH");
	}

	/**
	 * The first line of the answer; empty when there is none.
	 */
	private static String ask(int port, String command) {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
				BufferedReader answer = new BufferedReader(
						new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
			socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
			String line = answer.readLine();
			return (line != null) ? line : "";
		}
		catch (IOException ex) {
			return "";
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
