// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.contracts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;

/**
 * The tables of the page on contracts, each between the markers
 * {@code <!-- contract:NAME -->} and {@code <!-- /contract -->}.
 * {@code scripts/lib/TestSummary.java} reads them.
 */
public final class ContractsPage {

	private static final String BEGIN = "<!-- contract:";

	private static final String END = "<!-- /contract -->";

	private ContractsPage() {
	}

	/**
	 * Puts the tables of all contracts into the page.
	 * @param page the text of the page
	 * @return the page with the tables
	 * @throws IllegalStateException if the page has no marker for a contract
	 */
	public static String insert(String page) {
		String text = page;
		for (ContractTable table : Contracts.all()) {
			text = insert(text, table);
		}
		return text;
	}

	static String insert(String page, ContractTable table) {
		String begin = BEGIN + table.name() + " -->";
		int from = page.indexOf(begin);
		if (from < 0) {
			throw new IllegalStateException("contract " + table.name() + ": no place in the page (expected: a line "
					+ begin + " in docs/contracts.md)");
		}
		int next = page.indexOf(BEGIN, from + begin.length());
		int end = page.indexOf(END, from);
		boolean written = end >= 0 && (next < 0 || end < next);
		return page.substring(0, from) + begin + "\n" + text(table) + END
				+ page.substring(written ? end + END.length() : from + begin.length());
	}

	static String text(ContractTable table) {
		List<String> reasons = new ArrayList<>();
		StringBuilder text = new StringBuilder("| | adapter | test |\n|---|---|---|\n");
		for (JavaClass test : table.tests()) {
			text.append(
					row(Stream.of(letter(table, test), ContractTable.adapter(test), "`" + test.getSimpleName() + "`")));
		}
		text.append('\n')
			.append(row(head(table, "scenario")))
			.append("|---")
			.append("|:-:".repeat(table.tests().size()))
			.append("|\n");
		table.scenarios().forEach((part, scenarios) -> {
			if (table.scenarios().size() > 1) {
				text.append(
						row(Stream.concat(Stream.of("**" + part + "**"), table.tests().stream().map((test) -> ""))));
			}
			scenarios.forEach((scenario) -> text.append(row(Stream.concat(Stream.of("`" + scenario + "`"),
					table.tests().stream().map((test) -> cell(table.reason(test, scenario), reasons))))));
		});
		text.append('\n');
		for (String reason : reasons) {
			text.append(reasons.indexOf(reason) + 1).append(". ").append(reason).append('\n');
		}
		return text.toString();
	}

	private static String cell(Optional<String> reason, List<String> reasons) {
		if (reason.isEmpty()) {
			return "✓";
		}
		if (!reasons.contains(reason.get())) {
			reasons.add(reason.get());
		}
		return String.valueOf(reasons.indexOf(reason.get()) + 1);
	}

	private static Stream<String> head(ContractTable table, String first) {
		return Stream.concat(Stream.of(first), table.tests().stream().map((test) -> letter(table, test)));
	}

	private static String letter(ContractTable table, JavaClass test) {
		return String.valueOf((char) ('A' + table.tests().indexOf(test)));
	}

	private static String row(Stream<String> cells) {
		return cells.collect(Collectors.joining(" | ", "| ", " |\n"));
	}

}
