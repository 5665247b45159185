// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.outside;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.governance.verification.SourceTree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A started outside application, with its log.
 */
final class OutsideProcess implements AutoCloseable {

	private static final Pattern STARTED = Pattern
		.compile("Started OutsideApplication in [0-9.]+ seconds \\(process running for ([0-9.]+)\\)");

	private static final Pattern PORT = Pattern.compile("(?:Tomcat|Netty) started on port (\\d+)");

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	private final Process process;

	private final Path log;

	private OutsideProcess(Process process, Path log) {
		this.process = process;
		this.log = log;
	}

	/**
	 * Starts an application and waits until it is up.
	 * @param jar the program
	 * @param log where its output goes
	 * @param arguments command line
	 * @return the running application
	 */
	static OutsideProcess start(Path jar, Path log, String... arguments) throws IOException {
		Path java = Path.of(System.getProperty("java.home"), "bin", "java");
		List<String> command = new ArrayList<>(List.of(java.toString(), "-Xmx160m", "-XX:+UseSerialGC",
				"-XX:TieredStopAtLevel=1", "-jar", jar.toString(), "--server.port=0", "--spring.main.keep-alive=true"));
		command.addAll(Arrays.asList(arguments));
		Process process = new ProcessBuilder(command).directory(log.getParent().toFile())
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		OutsideProcess application = new OutsideProcess(process, log);
		try {
			await().atMost(Duration.ofSeconds(90))
				.until(() -> STARTED.matcher(application.log()).find() || !process.isAlive());
			if (!process.isAlive()) {
				throw new IllegalStateException("application: ended (expected: a start)\n" + application.log());
			}
		}
		catch (RuntimeException ex) {
			application.close();
			throw ex;
		}
		return application;
	}

	/**
	 * Waits for a line of the log that contains a text.
	 */
	void awaitLine(String text) {
		await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(log()).contains(text));
	}

	/**
	 * Runs on for a while.
	 */
	void runFor(Duration time) throws InterruptedException {
		if (this.process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
			throw new IllegalStateException("application: ended (expected: to run on)\n" + log());
		}
	}

	HttpResponse<String> get(String path) throws IOException, InterruptedException {
		Matcher port = PORT.matcher(log());
		if (!port.find()) {
			throw new IllegalStateException("application: no port (expected: a web server)\n" + log());
		}
		URI uri = URI.create("http://127.0.0.1:" + port.group(1) + path);
		return CLIENT.send(HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build(),
				BodyHandlers.ofString());
	}

	String log() {
		return Files.exists(this.log) ? SourceTree.read(this.log) : "";
	}

	/**
	 * Seconds from the start of the virtual machine to the application's being up, as
	 * Spring Boot measured them.
	 */
	double startSeconds() {
		Matcher matcher = STARTED.matcher(log());
		if (!matcher.find()) {
			throw new IllegalStateException("application: not started\n" + log());
		}
		return Double.parseDouble(matcher.group(1));
	}

	/**
	 * Seconds of processor time that the process has used up to now.
	 */
	double processorSeconds() {
		return this.process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1000.0;
	}

	@Override
	public void close() {
		this.process.destroy();
		try {
			if (!this.process.waitFor(20, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

}
