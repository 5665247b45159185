// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.logging;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every line that a whole program writes, in each format.
 */
class LogFormatsIntegrationTests {

	private static final Pattern RECORD = Pattern
		.compile("\\d{4}-\\d\\d-\\d\\dT\\S+ +(INFO|WARN|ERROR) \\d+ --- \\[shop] \\[1\\.2\\.3] "
				+ "\\[.+?] \\[[ 0-9a-f-]{49}] \\S+ +: .*");

	@TempDir
	private Path directory;

	private List<String> run(String... arguments) throws IOException, InterruptedException {
		Path out = this.directory.resolve("out.log");
		List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + File.separator + "bin/java",
				"-Xmx128m", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
				TalkingProgram.class.getName(), "--spring.application.name=shop", "--spring.main.banner-mode=off",
				"--governance.tracing.mdc=lane"));
		command.addAll(List.of(arguments));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
		try {
			assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		}
		finally {
			process.destroyForcibly();
		}
		String text = Files.readString(out, StandardCharsets.UTF_8);
		assertThat(process.exitValue()).as(text).isZero();
		return List.of(text.split("\r?\n"));
	}

	@Test
	void textHasServiceVersionAndTraceAndNoForgedLine() throws Exception {
		Path file = this.directory.resolve("shop.log");
		assertText(run("--spring.application.version=1.2.3", "--logging.file.name=" + file));
		assertText(List.of(Files.readString(file).split("\r?\n")));
	}

	private static void assertText(List<String> lines) {
		List<String> records = lines.stream().filter((line) -> !line.isBlank() && !line.startsWith("\t")).toList();
		assertThat(records).hasSizeGreaterThan(3).allMatch(RECORD.asMatchPredicate());
		assertThat(lines).noneMatch((line) -> line.startsWith(TalkingProgram.FORGED));
		assertThat(String.join("", lines).chars().filter((c) -> c != '\t' && c != '\r'))
			.noneMatch(Character::isISOControl);
		String ids = records.stream().filter((line) -> line.contains(": ids ")).findFirst().orElseThrow();
		String[] spoken = ids.substring(ids.indexOf(": ids ") + 6).split(" ");
		assertThat(records.stream().filter((line) -> line.contains("[" + spoken[0] + "-" + spoken[1] + "]")))
			.hasSize(3);
		assertThat(String.join("\n", lines)).containsOnlyOnce("\tjava.lang.IllegalStateException: a")
			.containsOnlyOnce("\tCaused by: java.lang.IllegalArgumentException: inner");
	}

	@Test
	void ecsHasTheSchemasNames() throws Exception {
		List<JsonNode> lines = json("ecs");
		for (JsonNode line : lines) {
			assertThat(line.at("/service/name").asString()).isEqualTo("shop");
			assertThat(line.at("/service/version").asString()).isEqualTo("1.2.3");
		}
		assertThat(said(lines, "/trace.id", "/span.id", "/message", "/lane")).hasSize(3);
		JsonNode failed = lines.stream().filter((line) -> line.has("error")).findFirst().orElseThrow();
		assertThat(failed.at("/error/stack_trace").asString()).contains("IllegalStateException",
				"Caused by: java.lang.IllegalArgumentException");
	}

	@Test
	void logstashNamesTheService() throws Exception {
		List<JsonNode> lines = json("logstash");
		for (JsonNode line : lines) {
			assertThat(line.path("service_name").asString()).isEqualTo("shop");
			assertThat(line.path("service_version").asString()).isEqualTo("1.2.3");
		}
		assertThat(said(lines, "/traceId", "/spanId", "/message", "/lane")).hasSize(3);
		assertThat(lines.stream().filter((line) -> line.has("stack_trace"))).hasSize(1);
	}

	@Test
	void gelfNamesTheService() throws Exception {
		List<JsonNode> lines = json("gelf");
		for (JsonNode line : lines) {
			assertThat(line.path("_service_name").asString()).isEqualTo("shop");
			assertThat(line.path("_service_version").asString()).isEqualTo("1.2.3");
		}
		assertThat(said(lines, "/_traceId", "/_spanId", "/short_message", "/_lane")).hasSize(3);
		assertThat(lines.stream().filter((line) -> line.has("_error_stack_trace"))).hasSize(1);
	}

	/**
	 * Each line of the output is one object, whatever a message holds.
	 */
	private List<JsonNode> json(String format) throws IOException, InterruptedException {
		List<JsonNode> lines = new ArrayList<>();
		for (String line : run("--spring.application.version=1.2.3", "--logging.structured.format.console=" + format)) {
			assertThat(line.chars()).noneMatch((c) -> c < ' ');
			lines.add(new JsonMapper().readTree(line));
		}
		assertThat(lines).hasSizeGreaterThan(3);
		return lines;
	}

	/**
	 * The lines of the one span.
	 */
	private static List<JsonNode> said(List<JsonNode> lines, String trace, String span, String message, String lane) {
		JsonNode ids = lines.stream()
			.filter((line) -> line.at(message).asString().startsWith("ids "))
			.findFirst()
			.orElseThrow();
		String[] spoken = ids.at(message).asString().substring(4).split(" ");
		assertThat(lines).anyMatch((line) -> line.at(message).asString().equals("sent: " + TalkingProgram.HOSTILE));
		return lines.stream()
			.filter((line) -> line.at(trace).asString().equals(spoken[0]) && line.at(span).asString().equals(spoken[1])
					&& line.at(lane).asString().equals("blue"))
			.toList();
	}

}
