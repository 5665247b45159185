// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.governance.test.consul.ConsulHttp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The program as a process of its own.
 */
class EmbeddedConsulProgramIntegrationTests {

	private static final Pattern READY = Pattern.compile("Registry ready at (http://127\\.0\\.0\\.1:\\d+) .*");

	private final List<Process> started = new ArrayList<>();

	@TempDir
	private Path directory;

	@AfterEach
	void leaveNoProcessBehind() {
		this.started.forEach(Process::destroyForcibly);
	}

	@Test
	void runsUntilItIsToldToStopAndKeepsItsValues() throws Exception {
		String snapshot = "--snapshot=" + this.directory.resolve("kv.json");
		Process process = start("--port=0", snapshot);
		new ConsulHttp(ready(process)).put("/v1/kv/key", "value");
		process.destroy();
		assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
		Process again = start("--port=0", snapshot);
		assertThat(new ConsulHttp(ready(again)).get("/v1/kv/key?raw").text()).isEqualTo("value");
		again.destroy();
		assertThat(again.waitFor(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void saysWhatIsWrongWithAnOption() throws Exception {
		Process process = start("--prot=8500");
		assertThat(lines(process)).contains("--prot: unknown option (expected: --port, --host or --snapshot)")
			.anyMatch((line) -> line.startsWith("Usage: "));
		assertThat(process.waitFor()).isEqualTo(2);
	}

	@Test
	void saysWhatIsWrongWithTheSnapshot() throws Exception {
		Path file = Files.writeString(this.directory.resolve("kv.json"), "not json");
		Process process = start("--port=0", "--snapshot=" + file);
		assertThat(lines(process)).hasSize(1)
			.first()
			.asString()
			.startsWith("snapshot file: " + file + " (expected: a file written by this program");
		assertThat(process.waitFor()).isEqualTo(1);
	}

	@Test
	void saysThatThePortIsTaken() throws Exception {
		try (EmbeddedConsul other = EmbeddedConsul.startOnFreePort()) {
			Process process = start("--port=" + other.port());
			assertThat(lines(process))
				.containsExactly("address: 127.0.0.1:" + other.port() + " (expected: a free port)");
			assertThat(process.waitFor()).isEqualTo(1);
		}
	}

	private Process start(String... arguments) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(ProcessHandle.current().info().command().orElseThrow(), "-Xmx64m", "-XX:TieredStopAtLevel=1",
						"-cp", System.getProperty("java.class.path"), EmbeddedConsulProgram.class.getName()));
		command.addAll(List.of(arguments));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		this.started.add(process);
		return process;
	}

	private static URI ready(Process process) throws IOException {
		BufferedReader output = process.inputReader();
		for (String line = output.readLine(); line != null; line = output.readLine()) {
			Matcher matcher = READY.matcher(line);
			if (matcher.matches()) {
				return URI.create(matcher.group(1));
			}
		}
		throw new AssertionError("ended with " + process.exitValue());
	}

	private static List<String> lines(Process process) {
		return process.inputReader().lines().toList();
	}

}
