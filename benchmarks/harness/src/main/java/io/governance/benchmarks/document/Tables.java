// SPDX-License-Identifier: Apache-2.0

package io.governance.benchmarks.document;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Puts tables into a document, each between its two marks.
 */
public final class Tables {

	private Tables() {
	}

	/**
	 * Puts each table into its place.
	 * @param document the page
	 * @param benchmark the first part of the marks
	 * @param tables the tables by the second part of the marks
	 * @throws IOException when the page has no place for one, or cannot be written
	 */
	public static void write(Path document, String benchmark, Map<String, String> tables) throws IOException {
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
