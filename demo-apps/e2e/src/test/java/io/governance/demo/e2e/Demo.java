// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.FileSystemUtils;

import static org.awaitility.Awaitility.await;

/**
 * A demo of its own, beside any other on this machine: driven by {@code scripts/demo}, on
 * free ports, below {@code target}.
 */
final class Demo implements AutoCloseable {

	/** The file of the configuration that all programs are served. */
	static final String RULES = "application.yml";

	private static final JsonMapper json = JsonMapper.builder().build();

	private final Path root = Path.of(System.getProperty("project.root"));

	private final Path home;

	private final Map<String, String> environment = new TreeMap<>();

	private final Map<String, String> urls = new ConcurrentHashMap<>();

	Demo(String registry) {
		this(registry, Map.of(), "--registry", registry);
	}

	/**
	 * Starts a demo.
	 * @param name its place below {@code target}
	 * @param variables environment of the demo's command, and so of its processes
	 * @param options options of {@code scripts/demo up}
	 */
	Demo(String name, Map<String, String> variables, String... options) {
		this.home = this.root.resolve("demo-apps/e2e/target/demo-" + name);
		for (String part : List.of("GATEWAY", "CONFIG_SERVER", "REGISTRY", "ZIPKIN", "PROMETHEUS")) {
			this.environment.put("DEMO_" + part + "_PORT", String.valueOf(freePort()));
		}
		this.environment.putAll(variables);
		this.environment.put("DEMO_HOME", this.home.toString());
		forget();
		List<String> up = new ArrayList<>(List.of("up", "--no-build"));
		up.addAll(List.of(options));
		run(up.toArray(String[]::new));
	}

	/**
	 * A demo keeps what its user edited; this one is to start as a new user's does.
	 */
	private void forget() {
		try {
			FileSystemUtils.deleteRecursively(this.home);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Runs the demo's command and returns what it prints; fails when it fails.
	 */
	String run(String... arguments) {
		if (arguments[0].equals("scale")) {
			// an instance that comes again later has another port
			this.urls.clear();
		}
		List<String> command = new ArrayList<>(List.of(this.root.resolve("scripts/demo").toString()));
		command.addAll(List.of(arguments));
		return shell(command);
	}

	/**
	 * Runs lines of a document, in which the demo stands at its usual place.
	 */
	String runDocument(String lines) {
		String here = lines.replace("localhost:8080", "localhost:" + this.environment.get("DEMO_GATEWAY_PORT"))
			.replace(".demo/", this.home + "/");
		return shell(List.of("bash", "-euo", "pipefail", "-c", here));
	}

	/**
	 * Runs a command and returns what it prints; fails when it fails.
	 */
	String command(String... command) {
		return shell(List.of(command));
	}

	private String shell(List<String> command) {
		try {
			Path output = Files.createTempFile("demo", ".out");
			ProcessBuilder builder = new ProcessBuilder(command).directory(this.root.toFile())
				.redirectErrorStream(true)
				.redirectOutput(output.toFile());
			builder.environment().putAll(this.environment);
			Process process = builder.start();
			boolean ended = process.waitFor(5, TimeUnit.MINUTES);
			String printed = Files.readString(output);
			if (!ended || process.exitValue() != 0) {
				process.destroy();
				throw new IllegalStateException(command + " " + (ended ? "failed" : "hung") + ":\n" + printed);
			}
			return printed;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * The base address of a process. It keeps its port when it is started again.
	 */
	String url(String name) {
		return this.urls.computeIfAbsent(name, this::findUrl);
	}

	private String findUrl(String name) {
		for (JsonNode process : status()) {
			if (process.get("name").asString().equals(name)) {
				return "http://127.0.0.1:" + process.get("port").asInt();
			}
		}
		throw new IllegalArgumentException("process: " + name + " (expected: one of " + status() + ")");
	}

	JsonNode status() {
		return json.readTree(run("status", "--json"));
	}

	void writeConfig(String file, String text) {
		try {
			Files.writeString(this.home.resolve("config").resolve(file), text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Writes the rules that all programs are served, and waits until orders has them.
	 */
	void applyRules(Http http, String text) {
		if (text.equals(readConfig(RULES))) {
			return;
		}
		String before = revision(http, "orders");
		writeConfig(RULES, text);
		await().atMost(Duration.ofSeconds(10)).until(() -> !revision(http, "orders").equals(before));
	}

	/**
	 * The revision of the rules that a process has in force.
	 */
	String revision(Http http, String process) {
		return http.json(url(process) + "/actuator/governance").get("revision").asString();
	}

	String readConfig(String file) {
		try {
			return Files.readString(this.home.resolve("config").resolve(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	String log(String name) {
		try {
			return Files.readString(this.home.resolve("logs").resolve(name + ".log"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		run("down");
	}

}
