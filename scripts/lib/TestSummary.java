// SPDX-License-Identifier: Apache-2.0

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Adds up Surefire's reports below a directory and names what was not run and why: tests
 * that were skipped, and modules that the build did not reach. Counts what ran of the
 * contracts, into {@code target/contracts.md}. Ends with 1 when there are failures, no
 * tests at all, modules without any, or scenarios of a contract that an adapter did not
 * run.
 *
 * <p>
 * After the directory: {@code --without MODULE}, again and again, names modules that are
 * left out on purpose; {@code --part} says that not all tests were to run, so that no
 * scenario is missed; {@code --ran TIMES TEST} is for a run of one test in some modules:
 * ends with 1 unless it ran this often, in classes or with arguments.
 */
final class TestSummary {

	private final Path root;

	private final Outcomes outcomes = new Outcomes();

	private int tests;

	private int failed;

	private int asked;

	private int timesAsked;

	private String testAsked = "";

	private boolean part;

	private final List<Path> without = new ArrayList<>();

	private final List<String> notRun = new ArrayList<>();

	private final List<String> unreached = new ArrayList<>();

	private TestSummary(Path root) {
		this.root = root;
	}

	public static void main(String[] args) throws Exception {
		TestSummary summary = new TestSummary(Path.of(args[0]));
		summary.read(Arrays.asList(args).subList(1, args.length).iterator());
		try (Stream<Path> files = Files.walk(summary.root)) {
			List<Path> reports = files.filter((file) -> file.getFileName().toString().matches("TEST-.*\\.xml"))
				.filter((file) -> file.getParent().endsWith("target/surefire-reports"))
				.sorted()
				.toList();
			for (Path report : reports) {
				summary.add(report);
			}
		}
		try (Stream<Path> files = Files.walk(summary.root, 4)) {
			files.filter((file) -> file.endsWith("src/test") && Files.isDirectory(file)).sorted().forEach(summary::look);
		}
		System.exit(summary.print() ? 0 : 1);
	}

	private void read(Iterator<String> options) {
		while (options.hasNext()) {
			String option = options.next();
			switch (option) {
				case "--without" -> this.without.add(Path.of(options.next()));
				case "--part" -> this.part = true;
				case "--ran" -> {
					this.timesAsked = Integer.parseInt(options.next());
					this.testAsked = options.next();
				}
				default -> throw new IllegalArgumentException(
						option + " (expected: --without MODULE, --part, --ran TIMES TEST)");
			}
		}
	}

	private void add(Path report) throws Exception {
		Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.toFile());
		NodeList cases = document.getElementsByTagName("testcase");
		for (int i = 0; i < cases.getLength(); i++) {
			add((Element) cases.item(i));
		}
	}

	private void add(Element test) {
		this.tests++;
		NodeList skipped = test.getElementsByTagName("skipped");
		Outcome outcome = Outcome.PASSED;
		if (skipped.getLength() > 0) {
			outcome = Outcome.SKIPPED;
			this.notRun.add(test.getAttribute("classname") + " " + test.getAttribute("name") + ": "
					+ ((Element) skipped.item(0)).getAttribute("message"));
		}
		else if (test.getElementsByTagName("failure").getLength() + test.getElementsByTagName("error").getLength() > 0) {
			outcome = Outcome.FAILED;
			this.failed++;
		}
		else if (test.getAttribute("name").matches("\\Q" + this.testAsked + "\\E\\b.*")) {
			this.asked++;
		}
		this.outcomes.add(test.getAttribute("classname"), test.getAttribute("name"), outcome);
	}

	private void look(Path tests) {
		Path module = tests.getParent().getParent().normalize();
		if (this.testAsked.isEmpty() && this.without.stream().noneMatch(module::startsWith)
				&& !Files.isDirectory(module.resolve("target/surefire-reports"))) {
			this.unreached.add(module.toString());
		}
	}

	private boolean print() throws IOException {
		List<String> missing = contracts();
		this.unreached.forEach((module) -> System.out.println("Not run: " + module + ": the build ended before it"));
		if (!this.notRun.isEmpty()) {
			System.out.println("Not run:");
			this.notRun.forEach((line) -> System.out.println("  " + line));
		}
		int passed = this.tests - this.failed - this.notRun.size();
		System.out.printf("%d passed, %d failed, %d skipped%n", passed, this.failed, this.notRun.size());
		if (!this.testAsked.isEmpty()) {
			System.out.printf("%s passed %d times of %d%n", this.testAsked, this.asked, this.timesAsked);
			return this.failed == 0 && this.notRun.isEmpty() && this.asked >= this.timesAsked;
		}
		return this.failed == 0 && passed > 0 && this.unreached.isEmpty() && missing.isEmpty();
	}

	private List<String> contracts() throws IOException {
		if (this.part || !this.testAsked.isEmpty()) {
			return List.of();
		}
		List<String> missing = new ArrayList<>();
		StringBuilder table = new StringBuilder("| contract | adapter | passed | failed | skipped | not run | not applicable |\n"
				+ "|---|---|--:|--:|--:|--:|--:|\n");
		for (Held held : Held.read(this.root.resolve("docs/contracts.md"))) {
			if (!isLeftOut(held)) {
				table.append(held.row(this.outcomes));
				missing.addAll(held.missing(this.outcomes));
			}
		}
		Path file = this.root.resolve("target/contracts.md");
		Files.createDirectories(file.getParent());
		Files.writeString(file, table);
		System.out.println("Contracts:\n" + table);
		missing.forEach((cell) -> System.out.println("Not run: " + cell));
		return missing;
	}

	/** Whether a test lies in a module that is left out on purpose. */
	private boolean isLeftOut(Held held) {
		return this.without.stream().anyMatch((module) -> contains(this.root.resolve(module), held.test() + ".java"));
	}

	private static boolean contains(Path module, String name) {
		try (Stream<Path> files = Files.walk(module)) {
			return files.anyMatch((file) -> file.endsWith(name));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private enum Outcome {

		PASSED, FAILED, SKIPPED, NOT_RUN

	}

	/** What became of tests, by class and method. The worst counts where one has arguments. */
	private static final class Outcomes {

		private final Map<String, Set<Outcome>> byTest = new HashMap<>();

		void add(String type, String name, Outcome outcome) {
			this.byTest
				.computeIfAbsent(type.substring(type.lastIndexOf('.') + 1) + " " + name.replaceFirst("\\W.*", ""),
						(test) -> new HashSet<>())
				.add(outcome);
		}

		Outcome of(String type, String method) {
			Set<Outcome> outcomes = this.byTest.getOrDefault(type + " " + method, Set.of());
			return Stream.of(Outcome.FAILED, Outcome.SKIPPED, Outcome.PASSED)
				.filter(outcomes::contains)
				.findFirst()
				.orElse(Outcome.NOT_RUN);
		}

	}

	/** What an adapter is held to, as the tables of the page on contracts say. */
	private record Held(String contract, String adapter, String test, List<String> scenarios, List<String> notApplicable) {

		/** A check mark; this file may be read in any encoding. */
		private static final String APPLIES = "\u2713";

		static List<Held> read(Path page) throws IOException {
			List<Held> all = new ArrayList<>();
			String contract = "";
			List<Held> columns = new ArrayList<>();
			for (String line : Files.readAllLines(page)) {
				String[] cells = line.split(" *\\| *", -1);
				if (line.startsWith("<!-- contract:")) {
					contract = line.replaceAll("<!-- contract:| -->", "");
					columns.clear();
				}
				else if (line.matches("\\| [A-Z] \\|.*")) {
					columns.add(new Held(contract, cells[2], cells[3].replace("`", ""), new ArrayList<>(), new ArrayList<>()));
					all.add(columns.get(columns.size() - 1));
				}
				else if (line.matches("\\| `\\w+` \\|.*")) {
					for (int i = 0; i < columns.size(); i++) {
						Held column = columns.get(i);
						(cells[i + 2].equals(APPLIES) ? column.scenarios : column.notApplicable).add(cells[1].replace("`", ""));
					}
				}
			}
			return all;
		}

		String row(Outcomes outcomes) {
			StringBuilder row = new StringBuilder("| " + this.contract + " | " + this.adapter + " |");
			for (Outcome outcome : Outcome.values()) {
				row.append(" ").append(scenarios(outcomes, outcome).size()).append(" |");
			}
			return row.append(" ").append(this.notApplicable.size()).append(" |\n").toString();
		}

		List<String> missing(Outcomes outcomes) {
			return scenarios(outcomes, Outcome.NOT_RUN).stream()
				.map((scenario) -> this.contract + "." + scenario + " by " + this.test + " (" + this.adapter + ")")
				.toList();
		}

		private List<String> scenarios(Outcomes outcomes, Outcome outcome) {
			return this.scenarios.stream().filter((each) -> outcomes.of(this.test, each) == outcome).toList();
		}

	}

}
