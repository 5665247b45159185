// SPDX-License-Identifier: Apache-2.0

package io.governance.benchmarks.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A program under test.
 *
 * @param name short name, unique in a run
 * @param classpath its class path
 * @param mainClass the class that starts it
 * @param path what it answers with 200 when it is ready
 * @param properties Spring properties it is started with
 */
public record Program(String name, String classpath, String mainClass, String path, Map<String, String> properties) {

	/**
	 * Reads a class path that the build wrote.
	 * @param benchmarks the directory of the benchmarks
	 * @param module a directory under {@code classpaths}
	 * @return the class path
	 */
	public static String classpath(Path benchmarks, String module) {
		Path file = benchmarks.resolve("classpaths").resolve(module).resolve("target/classpath.txt");
		try {
			return Files.readString(file).strip();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(file + ": not there (expected: mvn -Pbench -Dquick package, before)", ex);
		}
	}

}
