// SPDX-License-Identifier: Apache-2.0

package io.governance.test.prometheus;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs {@code promtool}. Register {@link PrometheusCommands#requirement()} where it is
 * used.
 */
public final class Promtool {

	private static final long WITHIN_SECONDS = 60;

	private Promtool() {
	}

	/**
	 * Checks a scrape as {@code promtool check metrics} does.
	 * @param scrape the text of a scrape, in Prometheus' own format
	 * @return its complaints; empty when it has none
	 */
	public static List<String> checkMetrics(String scrape) {
		Result result = run(scrape, "check", "metrics");
		List<String> complaints = result.output().lines().filter((line) -> !line.isBlank()).toList();
		if (complaints.isEmpty() && result.exit() != 0) {
			return List.of("promtool ended with " + result.exit());
		}
		return complaints;
	}

	/**
	 * Runs it.
	 * @param input what it reads
	 * @param arguments its arguments
	 * @return how it ended
	 */
	public static Result run(String input, String... arguments) {
		List<String> command = new ArrayList<>();
		command.add(PrometheusCommands.find("promtool").orElseThrow().toString());
		command.addAll(List.of(arguments));
		try {
			Path directory = Files.createTempDirectory("governance-promtool");
			File stdin = directory.resolve("input").toFile();
			File output = directory.resolve("output").toFile();
			try {
				Files.writeString(stdin.toPath(), input);
				Process process = new ProcessBuilder(command).redirectInput(stdin)
					.redirectErrorStream(true)
					.redirectOutput(output)
					.start();
				return new Result(exit(process), Files.readString(output.toPath()));
			}
			finally {
				Files.deleteIfExists(stdin.toPath());
				Files.deleteIfExists(output.toPath());
				Files.deleteIfExists(directory);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static int exit(Process process) {
		try {
			if (!process.waitFor(WITHIN_SECONDS, TimeUnit.SECONDS)) {
				process.destroyForcibly();
				throw new IllegalStateException("promtool did not end within " + WITHIN_SECONDS + " s");
			}
			return process.exitValue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * How it ended.
	 *
	 * @param exit its exit code
	 * @param output what it wrote, errors included
	 */
	public record Result(int exit, String output) {

	}

}
