// SPDX-License-Identifier: Apache-2.0

package io.governance.benchmarks.tracing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Puts tables into a document, each between its two marks.
 */
final class Tables {

	private Tables() {
	}

	static void write(Path document, String benchmark, Map<String, String> tables) throws IOException {
		String text = Files.readString(document);
		for (Map.Entry<String, String> table : tables.entrySet()) {
			String mark = "<!-- " + benchmark + ":" + table.getKey() + " -->\n";
			int start = text.indexOf(mark);
			int end = text.indexOf("<!-- end -->", start);
			if (start < 0 || end < 0) {
				throw new IOException(document + ": no place for a table (expected: " + mark.strip() + " and an end)");
			}
			text = text.substring(0, start + mark.length()) + "\n" + table.getValue() + "\n" + text.substring(end);
		}
		Files.writeString(document, text);
	}

}
