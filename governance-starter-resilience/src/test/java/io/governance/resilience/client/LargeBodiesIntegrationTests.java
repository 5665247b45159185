// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import io.governance.test.ReceivedRequest;
import io.governance.test.Reply;
import io.governance.test.ScriptedUpstream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * 300 MB up and 300 MB down, through the call stage, in a heap of 128 MB.
 */
class LargeBodiesIntegrationTests {

	private static final long BYTES = 300L * 1024 * 1024;

	@ParameterizedTest
	@ValueSource(strings = { "jdk", "apache", "reactor" })
	void bodiesThatAreLargerThanTheHeapStreamThrough(String client) throws Exception {
		try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
			upstream.script(Reply.ok(), Reply.status(200).body(BYTES));
			Process process = start(client, upstream);
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
			assertThat(output).contains("received=" + BYTES);
			assertThat(upstream.requests()).extracting(ReceivedRequest::bodyBytes).containsExactly(BYTES, 0L);
		}
	}

	private static Process start(String client, ScriptedUpstream upstream) throws IOException {
		String java = System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
		return new ProcessBuilder(java, "-Xmx128m", "-XX:MaxDirectMemorySize=64m", "-XX:+UseSerialGC",
				"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), LargeBodies.class.getName(),
				client, upstream.uri().toString(), Long.toString(BYTES))
			.redirectErrorStream(true)
			.start();
	}

}
