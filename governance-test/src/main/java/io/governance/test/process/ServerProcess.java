// SPDX-License-Identifier: Apache-2.0

package io.governance.test.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;

import io.governance.time.TimeSource;

/**
 * A server as a process of its own, with its directory, its log and ports that it keeps.
 * It ends, and its files go, with {@link #close()}; with the JVM the process ends. For
 * one thread.
 */
public final class ServerProcess implements AutoCloseable {

	private static final Duration READY_WITHIN = Duration.ofSeconds(60);

	private static final Duration END_WITHIN = Duration.ofSeconds(10);

	private static final Duration POLL = Duration.ofMillis(25);

	private static final int ATTEMPTS = 3;

	private static final int LAST_LINES = 20;

	private final String name;

	private final Path directory;

	private final List<Integer> ports;

	private final List<String> command;

	private final BooleanSupplier ready;

	private volatile Process process;

	private ServerProcess(String name, int ports, ServerCommand command, Function<List<Integer>, BooleanSupplier> ready)
			throws IOException {
		this.name = name;
		this.directory = Files.createTempDirectory("governance-" + name);
		this.ports = freePorts(ports);
		this.ready = ready.apply(this.ports);
		try {
			this.command = List.copyOf(command.prepare(this.directory, this.ports));
			this.process = launch();
		}
		catch (IOException | RuntimeException ex) {
			delete(this.directory);
			throw ex;
		}
		// a test run that is interrupted leaves no server behind
		Runtime.getRuntime()
			.addShutdownHook(new Thread(() -> this.process.destroyForcibly(), "governance-test-stop-" + name));
	}

	/**
	 * Starts a server and waits until it is ready. Another process may take a free port
	 * before the server does: then others are tried.
	 * @param name the server's, for messages
	 * @param ports how many it needs
	 * @param command how it is started
	 * @param ready makes, for its ports, what asks it whether it is ready
	 * @return the running server
	 * @throws IllegalStateException with its last words if it does not get ready
	 * @throws UncheckedIOException if it cannot be started
	 */
	public static ServerProcess start(String name, int ports, ServerCommand command,
			Function<List<Integer>, BooleanSupplier> ready) {
		for (int attempt = 1;; attempt++) {
			try {
				ServerProcess started = new ServerProcess(name, ports, command, ready);
				try {
					started.awaitReady();
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

	/**
	 * Runs a command to its end, at most ten seconds.
	 * @param command the command line
	 * @return whether it succeeded
	 */
	public static boolean run(List<String> command) {
		try {
			Process started = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
			return endsWithin(started, END_WITHIN) && started.exitValue() == 0;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Its first port.
	 * @return the port on 127.0.0.1
	 */
	public int port() {
		return this.ports.get(0);
	}

	/**
	 * All its ports.
	 * @return the ports on 127.0.0.1, as many as were asked for
	 */
	public List<Integer> ports() {
		return this.ports;
	}

	/**
	 * Its directory.
	 * @return where its files and its log are, until it is closed
	 */
	public Path directory() {
		return this.directory;
	}

	/**
	 * Ends the server as its operator would; after ten seconds it is killed.
	 * @throws IllegalStateException if it had to be killed
	 */
	public void stop() {
		this.process.destroy();
		if (!endsWithin(END_WITHIN)) {
			kill();
			throw new IllegalStateException(this.name + " did not end within " + END_WITHIN);
		}
	}

	/**
	 * Ends the server as an accident would.
	 * @throws IllegalStateException if it does not end within ten seconds
	 */
	public void kill() {
		this.process.destroyForcibly();
		if (!endsWithin(END_WITHIN)) {
			throw new IllegalStateException(this.name + " is killed and did not end within " + END_WITHIN);
		}
	}

	/**
	 * Starts the server again with the same command, directory and ports, and waits until
	 * it is ready.
	 * @throws IllegalStateException with its last words if it does not get ready
	 */
	public void restart() {
		try {
			this.process = launch();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		awaitReady();
	}

	/**
	 * Sends the process a signal.
	 * @param signal its name, such as {@code STOP} and {@code CONT}
	 */
	public void signal(String signal) {
		run(List.of("kill", "-s", signal, String.valueOf(this.process.pid())));
	}

	/**
	 * Waits for its end.
	 * @param time how long
	 * @return whether it has ended
	 */
	public boolean endsWithin(Duration time) {
		return endsWithin(this.process, time);
	}

	/**
	 * The last lines of its log.
	 * @return the lines; if there is no log, why
	 */
	public String lastWords() {
		try {
			List<String> all = Files.readAllLines(log());
			return String.join("\n", all.subList(Math.max(0, all.size() - LAST_LINES), all.size()));
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	@Override
	public void close() {
		kill();
		try {
			delete(this.directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Process launch() throws IOException {
		return new ProcessBuilder(this.command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
			.start();
	}

	private void awaitReady() {
		long begin = TimeSource.system().nanoTime();
		while (!endsWithin(POLL)) {
			if (this.ready.getAsBoolean()) {
				return;
			}
			if (TimeSource.system().nanoTime() - begin > READY_WITHIN.toNanos()) {
				break;
			}
		}
		throw new IllegalStateException(this.name + " did not get ready:\n" + lastWords());
	}

	private Path log() {
		return this.directory.resolve("server.log");
	}

	private static boolean endsWithin(Process process, Duration time) {
		try {
			return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static void delete(Path directory) throws IOException {
		try (Stream<Path> files = Files.walk(directory)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.deleteIfExists(file);
			}
		}
	}

	private static List<Integer> freePorts(int count) throws IOException {
		List<ServerSocket> sockets = new ArrayList<>();
		try {
			for (int opened = 0; opened < count; opened++) {
				sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
			}
			return sockets.stream().map(ServerSocket::getLocalPort).toList();
		}
		finally {
			for (ServerSocket socket : sockets) {
				socket.close();
			}
		}
	}

}
