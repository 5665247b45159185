// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.lifecycle;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.governance.discovery.lifecycle.Caller.Answer;
import io.governance.embeddedconsul.EmbeddedConsul;
import io.governance.test.ForkedJvm;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A process that gets a SIGTERM, and a second one, while it is called.
 */
class SigtermIntegrationTests {

	private static final String LEAVES = ": instance=leaving";

	@Test
	void noCallFailsAndTheStepsAreInOrder() {
		try (EmbeddedConsul consul = EmbeddedConsul.startOnFreePort();
				ForkedJvm leaving = start(consul);
				ForkedJvm staying = start(consul)) {
			await().until(() -> leaving.output().contains("registration=registered"));
			List<Answer> answers;
			try (Caller caller = new Caller(leaving.port(), staying.port())) {
				await().until(() -> caller.answers().size() > 50);
				leaving.terminate();
				await().until(() -> leaving.output().contains(LEAVES));
				leaving.terminate();
				assertThat(leaving.awaitEnd(Duration.ofSeconds(20))).isTrue();
				answers = caller.answers();
			}
			assertThat(answers).allMatch(Answer::isDone);
			assertThat(leaving.output()).containsSubsequence(": instance=in-service", LEAVES, "instance=refusing",
					"instance=stopping", "Commencing graceful shutdown", "Graceful shutdown complete");
			// Written by another thread: its line may come out before that of the step.
			assertThat(leaving.output()).containsSubsequence("instance=not-ready", "registration=not_wanted",
					"instance=refusing", "registration=left");
			assertThat(leaving.output().lines().filter((line) -> line.endsWith(LEAVES))).hasSize(1);
		}
	}

	private static ForkedJvm start(EmbeddedConsul consul) {
		String[] properties = Servers.TOMCAT.arguments(consul.port(), "governance.discovery.lifecycle.leave-delay=1s",
				"governance.discovery.lifecycle.late-window=500ms");
		return ForkedJvm.start(LeavingApplication.class,
				Stream
					.concat(Stream.of("-Xmx128m", "-XX:TieredStopAtLevel=1"),
							Stream.of(properties).map((property) -> "-D" + property.substring(2)))
					.toList());
	}

}
