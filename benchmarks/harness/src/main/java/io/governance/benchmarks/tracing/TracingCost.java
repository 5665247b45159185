// SPDX-License-Identifier: Apache-2.0

package io.governance.benchmarks.tracing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.governance.benchmarks.document.Tables;
import io.governance.benchmarks.process.LoopbackServer;
import io.governance.benchmarks.process.Program;
import io.governance.benchmarks.process.ServerProcess;

/**
 * Throughput and latency of a service and of the gateway, without tracing, with Spring
 * Boot's own and with the starter at three sampling ratios. Arguments: the directory of
 * the benchmarks, the file to write tables into, rounds, seconds of each measurement,
 * seconds of warm-up of each variant.
 */
public final class TracingCost {

	private static final int CORE = 0;

	private static final Map<String, String> PROGRAMS = Map.of("items", "service", "work", "service");

	private static final String STARTER = "governance.tracing.enabled";

	private static final List<String> RATIOS = List.of("0.0", "0.1", "1.0");

	private final Path benchmarks;

	private final LoopbackServer spans;

	private final LoopbackServer backend;

	private TracingCost(Path benchmarks, LoopbackServer spans, LoopbackServer backend) {
		this.benchmarks = benchmarks;
		this.spans = spans;
		this.backend = backend;
	}

	/**
	 * Runs the benchmark.
	 * @param args as above
	 * @throws IOException when a program cannot be started
	 */
	public static void main(String[] args) throws IOException {
		Path benchmarks = Path.of(args[0]).toAbsolutePath();
		int rounds = Integer.parseInt(args[2]);
		Duration each = Duration.ofSeconds(Long.parseLong(args[3]));
		Duration warmUp = Duration.ofSeconds(Long.parseLong(args[4]));
		try (LoopbackServer spans = new LoopbackServer(202, "");
				LoopbackServer backend = new LoopbackServer(200, "{\"id\":\"1\"}")) {
			TracingCost cost = new TracingCost(benchmarks, spans, backend);
			Map<String, String> tables = new LinkedHashMap<>();
			for (String kind : List.of("items", "work", "reactive", "gateway")) {
				tables.put(kind, cost.table(kind, rounds, each, warmUp));
			}
			Tables.write(Path.of(args[1]), "tracing-cost", tables);
		}
	}

	private String table(String kind, int rounds, Duration each, Duration warmUp) throws IOException {
		long before = this.spans.received();
		List<Variant> variants = new ArrayList<>();
		try {
			start(kind, variants);
			Comparison comparison = new Comparison(variants, each);
			comparison.warmUp(warmUp);
			comparison.measure(rounds);
			if (this.spans.received() == before) {
				throw new IllegalStateException("no span left any program (expected: batches at the sink)");
			}
			String table = comparison.table();
			System.out.println(kind + "\n" + table);
			return table;
		}
		finally {
			variants.forEach((variant) -> variant.server().close());
		}
	}

	private void start(String kind, List<Variant> variants) throws IOException {
		String program = PROGRAMS.getOrDefault(kind, kind);
		variants.add(variant("without", kind, program + "-plain", Map.of(STARTER, "false")));
		variants.add(variant("Spring Boot's own, 10 %", kind, program + "-boot", springBoot("limited")));
		if (kind.equals("reactive")) {
			variants.add(variant("Spring Boot's own, 10 %, context in Reactor", kind, program + "-boot",
					springBoot("auto")));
		}
		for (String ratio : RATIOS) {
			variants.add(variant("starter, %.0f %%".formatted(Double.parseDouble(ratio) * 100), kind,
					program + "-governed", Map.of("management.tracing.sampling.probability", ratio,
							// beyond the default of 1,000 traces per second the ratio
							// would not be the stated one
							"governance.rules.sampling.default.per-second", "1000000",
							// a closed loop keeps the CPU at its end on purpose
							"governance.rules.load-shedding.default.min-limit", "1000", "governance.tracing.export.to",
							"zipkin", "governance.tracing.export.endpoint", sink())));
		}
	}

	private Map<String, String> springBoot(String contextPropagation) {
		return Map.of(STARTER, "false", "management.tracing.sampling.probability", "0.1",
				"management.tracing.export.zipkin.endpoint", sink(), "spring.reactor.context-propagation",
				contextPropagation);
	}

	private String sink() {
		return "http://127.0.0.1:" + this.spans.port() + "/api/v2/spans";
	}

	private Variant variant(String name, String kind, String module, Map<String, String> properties)
			throws IOException {
		Map<String, String> all = new LinkedHashMap<>(properties);
		String classpath = Program.classpath(this.benchmarks, module);
		String main = "io.governance.benchmarks.service.ServiceApplication";
		String path = (kind.equals("reactive") ? "/items" : "/" + kind) + "/1";
		if (kind.equals("gateway")) {
			String route = "spring.cloud.gateway.server.webflux.routes[0].";
			all.put(route + "id", "backend");
			all.put(route + "uri", "http://127.0.0.1:" + this.backend.port());
			all.put(route + "predicates[0]", "Path=/gateway/**");
			classpath = this.benchmarks.resolveSibling("governance-gateway/target/classes") + ":" + classpath;
			main = "io.governance.gateway.GatewayApplication";
		}
		Path logs = Files.createDirectories(this.benchmarks.resolve("target/logs"));
		String unique = kind + "-" + name.replaceAll("[^A-Za-z0-9]+", "-");
		Program program = new Program(unique, classpath, main, path, all);
		return new Variant(name, ServerProcess.start(program, CORE, logs), path);
	}

}
