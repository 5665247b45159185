// SPDX-License-Identifier: Apache-2.0

package io.governance.test.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.governance.test.ForkedJvm;
import io.governance.test.conformance.Contract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Inbound adapters leave bodies alone: 300 MB pass in both directions through a server
 * with 128 MB of heap. Its program answers {@code PUT /bodies} with the number of bytes
 * that came, and {@code GET /bodies} with {@value #BYTES} bytes; a rule is in force.
 */
@Contract
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class InboundBodyContract {

	/** How many bytes pass. */
	public static final long BYTES = 300L * 1024 * 1024;

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final ForkedJvm server;

	/**
	 * Starts the program.
	 * @param program its main class; calls {@link ForkedJvm#ready(int)}
	 * @param options options of its JVM, besides its limits
	 */
	protected InboundBodyContract(Class<?> program, String... options) {
		List<String> all = new ArrayList<>(
				List.of("-Xmx128m", "-XX:MaxDirectMemorySize=64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
		all.addAll(List.of(options));
		this.server = ForkedJvm.start(program, all);
	}

	@AfterAll
	void stop() {
		this.server.close();
	}

	@Test
	void aLargeUploadPasses() throws IOException, InterruptedException {
		byte[] block = new byte[1024 * 1024];
		HttpRequest request = request()
			.PUT(BodyPublishers.ofByteArrays(Collections.nCopies((int) (BYTES / block.length), block)))
			.build();
		assertThat(this.client.send(request, BodyHandlers.ofString()).body()).isEqualTo(String.valueOf(BYTES));
	}

	@Test
	void aLargeDownloadPasses() throws IOException, InterruptedException {
		try (InputStream body = this.client.send(request().build(), BodyHandlers.ofInputStream()).body()) {
			assertThat(body.transferTo(OutputStream.nullOutputStream())).isEqualTo(BYTES);
		}
	}

	private HttpRequest.Builder request() {
		return HttpRequest.newBuilder(URI.create("http://localhost:" + this.server.port() + "/bodies"));
	}

}
