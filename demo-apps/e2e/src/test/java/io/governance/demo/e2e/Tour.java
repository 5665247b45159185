// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The commands of the README's tour.
 */
final class Tour {

	private static final Pattern BLOCK = Pattern
		.compile("(?s)<!-- tour:begin -->\\s*```bash\\n(.*?)```\\s*<!-- tour:end -->");

	private Tour() {
	}

	static String commands() {
		try {
			String readme = Files.readString(Path.of(System.getProperty("project.root"), "README.md"));
			Matcher block = BLOCK.matcher(readme);
			if (!block.find()) {
				throw new IllegalStateException("README.md: no tour (expected: a bash block between the tour's marks)");
			}
			return block.group(1);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
