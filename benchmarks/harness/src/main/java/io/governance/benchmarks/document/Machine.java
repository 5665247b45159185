// SPDX-License-Identifier: Apache-2.0

package io.governance.benchmarks.document;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.sun.management.OperatingSystemMXBean;

/**
 * The machine that measures.
 */
public final class Machine {

	private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

	private static final String MODEL = "model name";

	private static final double GIGABYTE = 1024.0 * 1024 * 1024;

	private Machine() {
	}

	/**
	 * Describes this machine, all of it, also where the process has a part of it only.
	 * @return such as
	 * {@code On 2 cores (AMD EPYC), 24 GB, Linux 6.1; OpenJDK 64-Bit Server VM 17.0.15.}
	 * and a line's end
	 * @throws IOException when there is nothing to read its processors from
	 */
	public static String describe() throws IOException {
		List<String> models = Files.readAllLines(PROCESSORS)
			.stream()
			.filter((line) -> line.startsWith(MODEL))
			.map((line) -> line.substring(line.indexOf(':') + 1).strip())
			.toList();
		OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
		return "On %d cores (%s), %.0f GB, %s %s; %s %s.%n".formatted(models.size(),
				String.join(", ", models.stream().distinct().toList()), system.getTotalMemorySize() / GIGABYTE,
				System.getProperty("os.name"), release(), System.getProperty("java.vm.name"),
				System.getProperty("java.version"));
	}

	/**
	 * Without the builder's suffix.
	 */
	private static String release() {
		String version = System.getProperty("os.version");
		int suffix = version.indexOf('-');
		return (suffix < 0) ? version : version.substring(0, suffix);
	}

}
