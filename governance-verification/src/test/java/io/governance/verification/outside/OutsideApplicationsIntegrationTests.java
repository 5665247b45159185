// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.outside;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

import io.governance.verification.SourceTree;
import io.governance.verification.outside.OutsideApplication.Kind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a user gets who adds a starter and properties to an application of his own: it
 * starts with no server around, says at most once that one is missing, and its rule takes
 * effect. Seconds to start differ too much on a busy machine to be a test: here a start
 * may take two seconds more of the processor's time than without the starter, and
 * {@code scripts/soak outside-start} measures.
 */
@TestInstance(Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class OutsideApplicationsIntegrationTests {

	private static final Pattern TROUBLE = Pattern.compile("^\\S+ +(WARN|ERROR) .*$", Pattern.MULTILINE);

	private static final Pattern STACK_TRACE = Pattern.compile("^\\s+at .*$", Pattern.MULTILINE);

	/** Longer than the longest pause between two attempts at a server that is away. */
	private static final Duration A_WHILE = Duration.ofSeconds(7);

	private Path directory;

	private StubServer stub;

	private OutsideProject project;

	@BeforeAll
	void build(@TempDir Path directory) throws IOException, InterruptedException {
		this.directory = directory;
		this.stub = new StubServer();
		this.project = OutsideProject.build(SourceTree.find(), this.directory, OutsideApplication.all());
	}

	@AfterAll
	void stop() {
		this.stub.close();
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "PLAIN")
	void aRateLimitActsOnInboundCalls(Kind kind) throws Exception {
		try (OutsideProcess application = start(kind, "resilience", "limited")) {
			HttpResponse<String> first = application.get("/hello");
			HttpResponse<String> second = application.get("/hello");
			assertThat(first.statusCode()).isEqualTo(200);
			assertThat(second.statusCode()).isEqualTo(429);
			assertThat(second.headers().firstValue("content-type")).hasValue("application/problem+json");
			assertThat(second.headers().firstValue("retry-after")).isPresent();
			assertThat(second.body()).contains("\"status\":429", "rate-limit/hello");
			application.awaitLine("rule=rate-limit/hello enforcement=enforced rejecting=started");
			assertQuiet(application, 1);
		}
	}

	@Test
	void aRetryActsOnOutboundCalls() throws Exception {
		try (OutsideProcess application = start(Kind.PLAIN, "resilience", "retried",
				"--stub.port=" + this.stub.port())) {
			application.awaitLine("job: answered at last");
			assertThat(this.stub.flakyCalls()).isEqualTo(2);
			assertQuiet(application, 0);
		}
	}

	@ParameterizedTest
	@EnumSource
	void aServiceIsCalledByItsName(Kind kind) throws Exception {
		try (OutsideProcess application = start(kind, "discovery", "static", "--stub.port=" + this.stub.port(),
				"--call")) {
			if (kind == Kind.PLAIN) {
				application.awaitLine("job: answered");
			}
			else {
				assertThat(application.get("/call").body()).isEqualTo("answered");
			}
			assertThat(application.log()).contains("discovery=inert");
			assertQuiet(application, 0);
		}
	}

	@ParameterizedTest
	@EnumSource
	void aRegistryThatIsAwayIsMissedOnce(Kind kind) throws Exception {
		try (OutsideProcess application = start(kind, "discovery", "away", "--stub.port=" + this.stub.port(), "--call",
				"--governance.discovery.consul.host=127.0.0.1",
				"--governance.discovery.consul.port=" + StubServer.closedPort())) {
			if (kind == Kind.PLAIN) {
				// nothing to register: the registry is asked for the first time by the
				// first call
				application.awaitLine("job: CallRejectedException");
			}
			assertQuiet(application, 1);
		}
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "PLAIN")
	void aRequestIsTracedAndMetered(Kind kind) throws Exception {
		try (OutsideProcess application = start(kind, "tracing", "traced")) {
			HttpResponse<String> answer = application.get("/hello");
			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(answer.headers().firstValue("x-trace-id").orElse("")).matches("[0-9a-f]{32}");
			assertThat(application.get("/actuator/prometheus").body()).contains("http_server_requests_seconds_count")
				.contains("uri=\"/hello\"");
			assertQuiet(application, 0);
		}
	}

	@Test
	void aJobIsTraced() throws Exception {
		try (OutsideProcess application = start(Kind.PLAIN, "tracing", "traced")) {
			application.awaitLine("job: observed");
			assertThat(application.log()).containsPattern("\\[[0-9a-f]{32}-[0-9a-f]{16}] .*job: observed");
			assertQuiet(application, 0);
		}
	}

	@ParameterizedTest
	@EnumSource
	void aConfigServerThatIsAwayIsMissedOnce(Kind kind) throws Exception {
		try (OutsideProcess application = start(kind, "config", "away", "--closed.port=" + StubServer.closedPort())) {
			assertQuiet(application, 1);
		}
	}

	private OutsideProcess start(Kind kind, String starter, String run, String... arguments) throws IOException {
		OutsideApplication application = OutsideApplication.of(kind, starter);
		return OutsideProcess.start(this.project.jar(application),
				this.directory.resolve(application.name() + "-" + run + ".log"), arguments);
	}

	private static void assertQuiet(OutsideProcess application, int warnings) throws InterruptedException {
		application.runFor(A_WHILE);
		String log = application.log();
		assertThat(STACK_TRACE.matcher(log).results()).as(log).isEmpty();
		assertThat(TROUBLE.matcher(log).results()).as(log).hasSize(warnings);
	}

}
