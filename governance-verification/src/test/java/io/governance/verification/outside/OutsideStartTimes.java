// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.outside;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

import io.governance.verification.SourceTree;
import io.governance.verification.outside.OutsideApplication.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How much longer an application takes to start with a starter, with no server running.
 * Not a part of the build: its seconds mean something on a quiet machine only. Run by
 * {@code scripts/soak outside-start}.
 */
class OutsideStartTimes {

	private static final int ROUNDS = Integer.getInteger("governance.rounds", 5);

	private static final double ALLOWED_SECONDS = 1;

	private final Map<OutsideApplication, List<double[]>> starts = new LinkedHashMap<>();

	@TempDir
	private Path directory;

	@Test
	void aStarterDelaysTheStartByASecondAtMost() throws IOException, InterruptedException {
		try (StubServer stub = new StubServer()) {
			OutsideProject project = OutsideProject.build(SourceTree.find(), this.directory, OutsideApplication.all());
			for (int round = 0; round < ROUNDS; round++) {
				for (OutsideApplication application : OutsideApplication.all()) {
					start(project, application, stub);
				}
			}
		}
		StringBuilder report = new StringBuilder(
				"| application | seconds to start | more than without | range of the rounds | more processor seconds |\n|---|---|---|---|---|\n");
		List<String> late = new ArrayList<>();
		this.starts.keySet().stream().filter((application) -> application.starter() != null).forEach((application) -> {
			List<Double> more = differences(application, 0);
			report.append(String.format(Locale.ROOT, "| %s | %.2f | %.2f | %.2f to %.2f | %.2f |%n", application.name(),
					median(column(application, 0)), median(more), Collections.min(more), Collections.max(more),
					median(differences(application, 1))));
			if (median(more) > ALLOWED_SECONDS) {
				late.add(application.name());
			}
		});
		SourceTree.write(Path.of("target/outside-start.md"), report.toString());
		System.out.println(report);
		assertThat(late).as(report.toString()).isEmpty();
	}

	private void start(OutsideProject project, OutsideApplication application, StubServer stub) throws IOException {
		Path log = this.directory.resolve(application.name() + ".log");
		try (OutsideProcess process = OutsideProcess.start(project.jar(application), log, "--stub.port=" + stub.port(),
				"--closed.port=" + StubServer.closedPort(), "--governance.discovery.consul.host=127.0.0.1",
				"--governance.discovery.consul.port=" + StubServer.closedPort())) {
			this.starts.computeIfAbsent(application, (key) -> new ArrayList<>())
				.add(new double[] { process.startSeconds(), process.processorSeconds() });
		}
	}

	private List<Double> column(OutsideApplication application, int column) {
		return this.starts.getOrDefault(application, List.of()).stream().map((start) -> start[column]).toList();
	}

	/**
	 * Differences of the starts of one round.
	 */
	private List<Double> differences(OutsideApplication application, int column) {
		List<Double> with = column(application, column);
		List<Double> without = column(without(application.kind()), column);
		return IntStream.range(0, with.size()).mapToObj((round) -> with.get(round) - without.get(round)).toList();
	}

	private static OutsideApplication without(Kind kind) {
		return OutsideApplication.of(kind, null);
	}

	private static double median(List<Double> values) {
		List<Double> sorted = values.stream().sorted().toList();
		return sorted.get(sorted.size() / 2);
	}

}
