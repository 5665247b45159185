// SPDX-License-Identifier: Apache-2.0

package io.governance.benchmarks.overload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.governance.benchmarks.document.Tables;
import io.governance.benchmarks.process.Program;
import io.governance.benchmarks.process.ServerProcess;

/**
 * A service that is asked for once, twice, five times and ten times what it can do, and
 * can do half of it from the middle of each phase on: with the built-in load shedding,
 * and without. Once it is work for a few workers, with a CPU load that is told; once it
 * is work for the CPU. Arguments: the directory of the benchmarks, the file to write
 * tables into, the directory to write charts into, seconds of a phase, seconds of
 * warm-up, and the kinds of work, all by default.
 */
public final class Overload {

	private static final int CORE = 0;

	/** What tells it to work half as fast is not part of the load. */
	private static final Map<String, String> CONTROL = Map.of("governance.rules.load-shedding.control.match.path",
			"/{change}/{millis}", "governance.rules.load-shedding.control.min-limit", "100000");

	private static final Map<String, String> OFF = Map.of("governance.enforcement.load-shedding", "OFF");

	private final Path benchmarks;

	private final Duration phase;

	private final Duration warmUp;

	private Overload(Path benchmarks, Duration phase, Duration warmUp) {
		this.benchmarks = benchmarks;
		this.phase = phase;
		this.warmUp = warmUp;
	}

	/**
	 * Runs the benchmark.
	 * @param args as above
	 * @throws IOException when a program cannot be started
	 */
	public static void main(String[] args) throws IOException {
		Overload overload = new Overload(Path.of(args[0]).toAbsolutePath(), Duration.ofSeconds(Long.parseLong(args[3])),
				Duration.ofSeconds(Long.parseLong(args[4])));
		Path charts = Files.createDirectories(Path.of(args[2]));
		Map<String, String> tables = new LinkedHashMap<>();
		for (Kind kind : kinds(args)) {
			tables.put(kind.title(), overload.table(kind, charts));
		}
		Tables.write(Path.of(args[1]), "overload", tables);
	}

	private static List<Kind> kinds(String[] args) {
		List<String> asked = List.of(args).subList(5, args.length);
		return asked.isEmpty() ? List.of(Kind.values())
				: asked.stream().map((kind) -> Kind.valueOf(kind.toUpperCase(Locale.ROOT))).toList();
	}

	private String table(Kind kind, Path charts) throws IOException {
		List<Course> courses = new ArrayList<>();
		courses.add(course(kind, "with load shedding", CONTROL));
		courses.add(course(kind, "without", OFF));
		Files.writeString(charts.resolve("overload-" + kind.title() + ".svg"), new Chart(courses).svg());
		String table = Course.table(courses);
		System.out.println(kind.title() + "\n" + table);
		return table;
	}

	private Course course(Kind kind, String name, Map<String, String> properties) throws IOException {
		Path logs = Files.createDirectories(this.benchmarks.resolve("target/logs"));
		Path classpath = this.benchmarks.resolve("overloaded/target");
		Map<String, String> all = new LinkedHashMap<>(kind.properties());
		all.putAll(properties);
		Program program = new Program("overload-" + kind.title() + "-" + name.replace(' ', '-'),
				classpath.resolve("classes") + ":" + Files.readString(classpath.resolve("classpath.txt")).strip(),
				"io.governance.benchmarks.overloaded.OverloadedApplication", kind.path(), all);
		try (ServerProcess server = ServerProcess.start(program, CORE, logs)) {
			return new Experiment(server, kind, this.phase).run(name, this.warmUp);
		}
	}

}
