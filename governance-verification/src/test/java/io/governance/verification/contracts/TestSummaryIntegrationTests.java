// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.contracts;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.governance.verification.SourceTree;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the summary of a test run says of contracts, with reports that this test writes.
 */
class TestSummaryIntegrationTests {

	private static final String FAILURE = "<failure/>";

	@TempDir
	Path root;

	private int status;

	@BeforeEach
	void writeContracts() {
		SourceTree.write(this.root.resolve("docs/contracts.md"), "# Contracts\n\n<!-- contract:Promise -->\n"
				+ ContractsPage.text(ContractsTests.sound()) + "<!-- /contract -->\n");
	}

	@Test
	void countsWhatRanForEachAdapter() throws Exception {
		report("Kept", passed("first"), passed("second(int)[1]"), passed("second(int)[2]"), passed("more"));
		report("Excused", passed("first"));
		assertThat(summary()).contains("| Promise | one who keeps it | 2 | 0 | 0 | 0 | 0 |",
				"| Promise | one with a reason | 1 | 0 | 0 | 0 | 1 |", "5 passed, 0 failed, 0 skipped");
		assertThat(this.status).isZero();
		assertThat(this.root.resolve("target/contracts.md")).content()
			.startsWith("| contract | adapter |")
			.contains("| Promise | one who keeps it | 2 | 0 | 0 | 0 | 0 |");
	}

	@Test
	void aScenarioThatDidNotRunFailsTheRun() throws Exception {
		report("Kept", passed("second(int)[1]"));
		report("Excused", passed("first"));
		assertThat(summary()).contains("| Promise | one who keeps it | 1 | 0 | 0 | 1 | 0 |",
				"Not run: Promise.first by Kept (one who keeps it)");
		assertThat(this.status).isEqualTo(1);
	}

	@Test
	void anAdapterWithoutAReportFailsTheRun() throws Exception {
		report("Kept", passed("first"), passed("second(int)[1]"));
		assertThat(summary()).contains("| Promise | one with a reason | 0 | 0 | 0 | 1 | 1 |",
				"Not run: Promise.first by Excused (one with a reason)");
		assertThat(this.status).isEqualTo(1);
	}

	@Test
	void aScenarioThatFailedForOneArgumentIsCountedAsFailed() throws Exception {
		report("Kept", passed("first"), passed("second(int)[1]"), test("second(int)[2]", FAILURE));
		report("Excused", passed("first"));
		assertThat(summary()).contains("| Promise | one who keeps it | 1 | 1 | 0 | 0 | 0 |");
		assertThat(this.status).isEqualTo(1);
	}

	@Test
	void whatIsSkippedIsNamedWithItsReason() throws Exception {
		report("Kept", passed("first"), test("second(int)", "<skipped message=\"no docker\"/>"));
		report("Excused", passed("first"));
		assertThat(summary()).contains("| Promise | one who keeps it | 1 | 0 | 1 | 0 | 0 |",
				"io.governance.Kept second(int): no docker");
		assertThat(this.status).isZero();
	}

	@Test
	void nothingIsMissedOfARunOfSomeTests() throws Exception {
		report("Kept", passed("first"));
		assertThat(summary("--part")).doesNotContain("Promise");
		assertThat(this.status).isZero();
		assertThat(summary("--ran", "1", "first")).contains("first passed 1 times of 1");
		assertThat(this.status).isZero();
	}

	@Test
	void nothingIsMissedOfAModuleThatIsLeftOut() throws Exception {
		SourceTree.write(this.root.resolve("other/src/test/java/io/governance/Excused.java"), "");
		report("Kept", passed("first"), passed("second(int)[1]"));
		assertThat(summary("--without", "other")).contains("one who keeps it").doesNotContain("one with a reason");
		assertThat(this.status).isZero();
	}

	private static String passed(String name) {
		return test(name, "");
	}

	private static String test(String name, String outcome) {
		return "<testcase name=\"" + name + "\" classname=\"io.governance.TYPE\">" + outcome + "</testcase>";
	}

	private void report(String type, String... cases) {
		SourceTree.write(this.root.resolve("module/target/surefire-reports/TEST-io.governance." + type + ".xml"),
				"<testsuite>" + String.join("", cases).replace("TYPE", type) + "</testsuite>");
	}

	private String summary(String... options) throws Exception {
		Path java = Path.of(System.getProperty("java.home"), "bin/java");
		Path summary = SourceTree.find().root().resolve("scripts/lib/TestSummary.java");
		List<String> command = Stream.concat(Stream.of(java.toString(), summary.toString(), "."), Stream.of(options))
			.toList();
		Process process = new ProcessBuilder(command).directory(this.root.toFile()).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes());
		this.status = process.waitFor();
		return output;
	}

}
