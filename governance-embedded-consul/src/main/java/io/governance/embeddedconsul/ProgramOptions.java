// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * The program's command line.
 */
final class ProgramOptions {

	static final String USAGE = "Usage: java -jar governance-embedded-consul.jar [--port=8500] [--host=127.0.0.1]"
			+ " [--snapshot=FILE]";

	private static final int DEFAULT_PORT = 8500;

	private static final int HIGHEST_PORT = 65535;

	private ProgramOptions() {
	}

	static EmbeddedConsulSettings parse(String... arguments) {
		String host = EmbeddedConsulSettings.LOOPBACK;
		int port = DEFAULT_PORT;
		@Nullable Path snapshot = null;
		for (String argument : arguments) {
			int equals = argument.indexOf('=');
			String name = (equals < 0) ? argument : argument.substring(0, equals);
			String value = (equals < 0) ? "" : argument.substring(equals + 1);
			switch (name) {
				case "--host" -> host = present(name, value);
				case "--port" -> port = port(value);
				case "--snapshot" -> snapshot = path(present(name, value));
				default -> throw new IllegalArgumentException(
						name + ": unknown option (expected: --port, --host or --snapshot)");
			}
		}
		return new EmbeddedConsulSettings(host, port, snapshot);
	}

	private static String present(String name, String value) {
		if (value.isBlank()) {
			throw new IllegalArgumentException(name + ": nothing (expected: " + name + "=VALUE)");
		}
		return value;
	}

	private static int port(String value) {
		try {
			int port = Integer.parseInt(value);
			if (port >= 0 && port <= HIGHEST_PORT) {
				return port;
			}
		}
		catch (NumberFormatException ex) {
			// refused below, as a number out of range is
		}
		throw new IllegalArgumentException("--port: " + value + " (expected: a number from 0 to " + HIGHEST_PORT + ")");
	}

	private static Path path(String value) {
		try {
			return Path.of(value);
		}
		catch (InvalidPathException ex) {
			throw new IllegalArgumentException("--snapshot: " + value + " (expected: a file name)", ex);
		}
	}

}
