// SPDX-License-Identifier: Apache-2.0

package io.governance.test.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

import io.governance.time.TimeSource;

import org.springframework.util.FileSystemUtils;

/**
 * A server's process, its directory and its port. It ends, and its files go, with
 * {@link #close()}; with the JVM the process ends.
 */
final class StoreProcess implements AutoCloseable {

	private static final Duration WITHIN = Duration.ofSeconds(30);

	private static final long POLL_MILLIS = 25;

	private final Path directory;

	private final int port;

	private final Process process;

	/**
	 * Starts a server; it may not be ready yet.
	 * @param directory its own, with its files
	 * @param command its command line for a port
	 */
	StoreProcess(Path directory, IntFunction<List<String>> command) throws IOException {
		this.directory = directory;
		this.port = freePort();
		this.process = new ProcessBuilder(command.apply(this.port)).redirectErrorStream(true)
			.redirectOutput(log().toFile())
			.start();
		Runtime.getRuntime().addShutdownHook(new Thread(this.process::destroyForcibly, "governance-test-store-stop"));
	}

	int port() {
		return this.port;
	}

	void await(BooleanSupplier ready) {
		long begin = TimeSource.system().nanoTime();
		while (!exitedWithin(this.process, POLL_MILLIS)) {
			if (ready.getAsBoolean()) {
				return;
			}
			if (TimeSource.system().nanoTime() - begin > WITHIN.toNanos()) {
				break;
			}
		}
		throw new IllegalStateException("the server did not get ready:\n" + lastWords());
	}

	@Override
	public void close() {
		this.process.destroy();
		if (!exitedWithin(this.process, WITHIN.toMillis())) {
			this.process.destroyForcibly();
		}
		delete(this.directory);
	}

	private Path log() {
		return this.directory.resolve("server.log");
	}

	private String lastWords() {
		try {
			return Files.readString(log());
		}
		catch (IOException ex) {
			return String.valueOf(ex);
		}
	}

	static void delete(Path directory) {
		try {
			FileSystemUtils.deleteRecursively(directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Runs a command to its end.
	 * @return whether it succeeded
	 */
	static boolean run(List<String> command) {
		try {
			Process started = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
			return exitedWithin(started, WITHIN.toMillis()) && started.exitValue() == 0;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
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

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
