// SPDX-License-Identifier: Apache-2.0

package io.governance.benchmarks.process;

import java.io.IOException;
import java.net.HttpURLConnection;
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

/**
 * A Spring Boot program in its own JVM on one core, with a fixed heap. Stopped by
 * {@link #close()}, and when this JVM ends.
 */
public final class ServerProcess implements AutoCloseable {

	private static final Duration START_LIMIT = Duration.ofSeconds(60);

	private final Process process;

	private final int port;

	private ServerProcess(Process process, int port) {
		this.process = process;
		this.port = port;
		Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
	}

	/**
	 * Starts a program and waits until it answers.
	 * @param program what to start
	 * @param core the core it runs on
	 * @param logs directory for its output
	 * @return the running program
	 * @throws IOException when it cannot be started, or does not answer within a minute
	 */
	public static ServerProcess start(Program program, int core, Path logs) throws IOException {
		int port = freePort();
		Path log = logs.resolve(program.name() + ".log");
		Path arguments = Files.writeString(logs.resolve(program.name() + ".classpath"),
				"-cp \"" + program.classpath() + "\"\n");
		List<String> command = new ArrayList<>(List.of("taskset", "-c", Integer.toString(core),
				Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-Xms256m",
				"-Xmx256m", "@" + arguments, program.mainClass(), "--server.address=127.0.0.1",
				"--server.port=" + port));
		program.properties().forEach((name, value) -> command.add("--" + name + "=" + value));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
		ServerProcess server = new ServerProcess(process, port);
		server.awaitAnswer(program.path(), log);
		return server;
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private void awaitAnswer(String path, Path log) throws IOException {
		TimeSource time = TimeSource.system();
		long start = time.nanoTime();
		while (status(path) != 200) {
			if (!this.process.isAlive() || time.nanoTime() - start > START_LIMIT.toNanos()) {
				this.process.destroyForcibly();
				throw new IOException(
						"no answer to " + path + " (expected: 200 within " + START_LIMIT + "), see " + log);
			}
			pause();
		}
	}

	private int status(String path) {
		try {
			HttpURLConnection connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + this.port + path)
				.toURL()
				.openConnection();
			connection.setReadTimeout(5_000);
			return connection.getResponseCode();
		}
		catch (IOException ex) {
			return 0;
		}
	}

	private void pause() {
		try {
			this.process.waitFor(200, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Where it listens.
	 * @return the port on 127.0.0.1
	 */
	public int port() {
		return this.port;
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
