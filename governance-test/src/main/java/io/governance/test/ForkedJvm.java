// SPDX-License-Identifier: Apache-2.0

package io.governance.test;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A program of the test's class path in a JVM of its own, to be tested under limits that
 * the test's JVM does not have. The program calls {@link #ready(int)} when it listens; it
 * ends when this is closed, or when the test's JVM is gone.
 */
public final class ForkedJvm implements AutoCloseable {

	private static final String READY_PORT = "governance.test.ready-port";

	private static final int START_TIMEOUT_MILLIS = 60_000;

	private final Process process;

	private final Path log;

	private final Socket line;

	private final int port;

	private ForkedJvm(Process process, Path log, ServerSocket ready) throws IOException {
		this.process = process;
		this.log = log;
		this.line = ready.accept();
		this.port = Integer.parseInt(readLine(this.line));
	}

	/**
	 * Starts a program and waits until it is ready.
	 * @param main its main class
	 * @param options options of its JVM, such as {@code -Xmx128m}
	 * @return the running program
	 */
	public static ForkedJvm start(Class<?> main, List<String> options) {
		try (ServerSocket ready = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			ready.setSoTimeout(START_TIMEOUT_MILLIS);
			Path log = Files.createTempFile("governance-forked-", ".log");
			Process process = new ProcessBuilder(command(main, options, ready.getLocalPort())).redirectErrorStream(true)
				.redirectOutput(log.toFile())
				.start();
			// a program that fails to start is not waited for
			process.onExit().thenRun(() -> close(ready));
			try {
				return new ForkedJvm(process, log, ready);
			}
			catch (IOException | NumberFormatException ex) {
				process.destroyForcibly();
				throw new IllegalStateException(main.getName() + " did not start:\n" + Files.readString(log), ex);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<String> command(Class<?> main, List<String> options, int readyPort) {
		List<String> command = new ArrayList<>();
		command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
		command.addAll(options);
		command.add("-D" + READY_PORT + "=" + readyPort);
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
		return command;
	}

	private static void close(ServerSocket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String readLine(Socket socket) throws IOException {
		StringBuilder text = new StringBuilder();
		for (int c = socket.getInputStream().read(); c > '\n'; c = socket.getInputStream().read()) {
			text.append((char) c);
		}
		return text.toString();
	}

	/**
	 * Says, in the forked program, that it listens. Has the program end with the test.
	 * @param port where it listens
	 */
	public static void ready(int port) {
		try {
			Socket line = new Socket(InetAddress.getLoopbackAddress(),
					Objects.requireNonNull(Integer.getInteger(READY_PORT), READY_PORT));
			line.getOutputStream().write((port + "\n").getBytes(StandardCharsets.US_ASCII));
			Thread watch = new Thread(() -> endWith(line), "governance-test-watch");
			watch.setDaemon(true);
			watch.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void endWith(Socket line) {
		try (line) {
			Runtime.getRuntime().halt((line.getInputStream().read() < 0) ? 0 : 1);
		}
		catch (IOException ex) {
			Runtime.getRuntime().halt(0);
		}
	}

	/**
	 * Where the program listens.
	 * @return the port
	 */
	public int port() {
		return this.port;
	}

	/**
	 * What the program wrote so far.
	 * @return its output
	 */
	public String output() {
		try {
			return Files.readString(this.log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Asks the program to end, as a process manager does: with SIGTERM. Returns at once.
	 */
	public void terminate() {
		this.process.destroy();
	}

	/**
	 * Waits for the program's end.
	 * @param atMost how long
	 * @return whether it has ended
	 */
	public boolean awaitEnd(Duration atMost) {
		try {
			return this.process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	@Override
	public void close() {
		try (this.line) {
			this.process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
			Files.deleteIfExists(this.log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
