// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.List;

import io.governance.test.ForkedJvm;
import io.governance.test.ReceivedRequest;
import io.governance.test.Reply;
import io.governance.test.ScriptedUpstream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * 300 MB up and 300 MB down, through the gateway in a heap of 128 MB.
 */
class LargeBodiesIntegrationTests {

	private static final long BYTES = 300L * 1024 * 1024;

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	@Test
	void bodiesThatAreLargerThanTheHeapStreamThrough() throws Exception {
		try (ScriptedUpstream upstream = ScriptedUpstream.start();
				ForkedJvm gateway = ForkedJvm.start(Program.class, List.of("-Xmx128m", "-XX:MaxDirectMemorySize=64m",
						"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dupstream=" + upstream.uri()))) {
			upstream.script(Reply.ok(), Reply.status(200).body(BYTES));
			URI uri = URI.create("http://127.0.0.1:" + gateway.port() + "/orders/file");
			HttpResponse<String> uploaded = this.client.send(
					HttpRequest.newBuilder(uri).PUT(BodyPublishers.ofInputStream(() -> new Zeros(BYTES))).build(),
					BodyHandlers.ofString());
			assertThat(uploaded.statusCode()).as(gateway.output()).isEqualTo(200);
			try (InputStream body = this.client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofInputStream())
				.body()) {
				assertThat(body.transferTo(OutputStream.nullOutputStream())).isEqualTo(BYTES);
			}
			assertThat(upstream.requests()).extracting(ReceivedRequest::bodyBytes).containsExactly(BYTES, 0L);
		}
	}

	/**
	 * The gateway with one route, to be run in a JVM of its own.
	 */
	static final class Program {

		private Program() {
		}

		public static void main(String[] arguments) {
			String route = "--spring.cloud.gateway.server.webflux.routes[0].";
			var context = SpringApplication.run(GatewayApplication.class, "--server.port=0", route + "id=orders",
					route + "uri=lb://orders", route + "predicates[0]=Path=/orders/**",
					"--spring.cloud.discovery.client.simple.instances.orders[0].uri=" + System.getProperty("upstream"));
			ForkedJvm.ready(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
		}

	}

	/**
	 * That many zeros.
	 */
	private static final class Zeros extends InputStream {

		private long left;

		Zeros(long bytes) {
			this.left = bytes;
		}

		@Override
		public int read() {
			byte[] one = new byte[1];
			return (read(one, 0, 1) == 1) ? one[0] : -1;
		}

		@Override
		public int read(byte[] bytes, int offset, int length) {
			if (this.left == 0) {
				return -1;
			}
			int count = (int) Math.min(this.left, length);
			Arrays.fill(bytes, offset, offset + count, (byte) 0);
			this.left -= count;
			return count;
		}

	}

}
