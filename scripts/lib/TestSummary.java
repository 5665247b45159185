// SPDX-License-Identifier: Apache-2.0

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Adds up Surefire's reports below a directory and names what was not run and why: tests
 * that were skipped, and modules that the build did not reach. Ends with 1 when there are
 * failures, no tests at all, or modules without any.
 *
 * <p>
 * After the directory: {@code --without MODULE}, again and again, names modules that are
 * left out on purpose; {@code --ran TIMES TEST} is for a run of one test in some modules:
 * ends with 1 unless it ran this often, in classes or with arguments.
 */
final class TestSummary {

	private int tests;

	private int failed;

	private int asked;

	private int timesAsked;

	private String testAsked = "";

	private final List<Path> without = new ArrayList<>();

	private final List<String> notRun = new ArrayList<>();

	private final List<String> unreached = new ArrayList<>();

	public static void main(String[] args) throws Exception {
		TestSummary summary = new TestSummary();
		summary.read(Arrays.asList(args).subList(1, args.length).iterator());
		try (Stream<Path> files = Files.walk(Path.of(args[0]))) {
			List<Path> reports = files.filter((file) -> file.getFileName().toString().matches("TEST-.*\\.xml"))
				.filter((file) -> file.getParent().endsWith("target/surefire-reports"))
				.sorted()
				.toList();
			for (Path report : reports) {
				summary.add(report);
			}
		}
		try (Stream<Path> files = Files.walk(Path.of(args[0]), 4)) {
			files.filter((file) -> file.endsWith("src/test") && Files.isDirectory(file)).sorted().forEach(summary::look);
		}
		System.exit(summary.print() ? 0 : 1);
	}

	private void read(Iterator<String> options) {
		while (options.hasNext()) {
			String option = options.next();
			switch (option) {
				case "--without" -> this.without.add(Path.of(options.next()));
				case "--ran" -> {
					this.timesAsked = Integer.parseInt(options.next());
					this.testAsked = options.next();
				}
				default -> throw new IllegalArgumentException(option + " (expected: --without MODULE, --ran TIMES TEST)");
			}
		}
	}

	private void add(Path report) throws Exception {
		Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.toFile());
		NodeList cases = document.getElementsByTagName("testcase");
		for (int i = 0; i < cases.getLength(); i++) {
			Element test = (Element) cases.item(i);
			this.tests++;
			NodeList skipped = test.getElementsByTagName("skipped");
			if (skipped.getLength() > 0) {
				this.notRun.add(test.getAttribute("classname") + " " + test.getAttribute("name") + ": "
						+ ((Element) skipped.item(0)).getAttribute("message"));
			}
			else if (test.getElementsByTagName("failure").getLength() + test.getElementsByTagName("error").getLength() > 0) {
				this.failed++;
			}
			else if (test.getAttribute("name").matches("\\Q" + this.testAsked + "\\E\\b.*")) {
				this.asked++;
			}
		}
	}

	private void look(Path tests) {
		Path module = tests.getParent().getParent().normalize();
		if (this.testAsked.isEmpty() && this.without.stream().noneMatch(module::startsWith)
				&& !Files.isDirectory(module.resolve("target/surefire-reports"))) {
			this.unreached.add(module.toString());
		}
	}

	private boolean print() throws IOException {
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
		return this.failed == 0 && passed > 0 && this.unreached.isEmpty();
	}

}
