// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.List;

import io.governance.engine.PolicyEngine;
import io.governance.rule.EnforcementOverrides;
import io.governance.rule.RuleSet;
import io.governance.rule.RuleTypes;
import io.governance.test.FakeInstances;
import io.governance.test.contract.OutboundSetting;
import io.governance.time.TimeSource;
import org.apache.hc.client5.http.impl.classic.HttpClients;

import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * A program that uploads and downloads large bodies with the built-in rules in force. Run
 * in a small heap; says how many bytes came down.
 */
final class LargeBodies {

	private LargeBodies() {
	}

	public static void main(String[] arguments) {
		URI upstream = URI.create(arguments[1]);
		long bytes = Long.parseLong(arguments[2]);
		long received = switch (arguments[0]) {
			case "jdk" -> blocking(new JdkClientHttpRequestFactory(), upstream, bytes);
			case "apache" ->
				blocking(new HttpComponentsClientHttpRequestFactory(HttpClients.createDefault()), upstream, bytes);
			default -> reactive(upstream, bytes);
		};
		System.out.println("received=" + received);
		System.exit(0);
	}

	private static OutboundSetting setting(URI upstream) {
		PolicyEngine engine = new PolicyEngine("orders", TimeSource.system(), () -> 0L);
		RuleTypes types = RuleTypes.load(LargeBodies.class.getClassLoader(), List.of());
		engine.apply(new RuleSet("built-in", types.defaults(), EnforcementOverrides.NONE));
		return new OutboundSetting(engine, TimeSource.system(), "orders", new FakeInstances(List.of(upstream)));
	}

	private static long blocking(ClientHttpRequestFactory factory, URI upstream, long bytes) {
		RestClient client = RestClient.builder()
			.requestFactory(ClientsUnderTest.staged(setting(upstream), factory))
			.build();
		client.put()
			.uri("http://inventory/upload")
			.body(new InputStreamResource(new Zeros(bytes)))
			.retrieve()
			.toBodilessEntity();
		return client.get()
			.uri("http://inventory/download")
			.exchangeForRequiredValue(
					(request, response) -> response.getBody().transferTo(OutputStream.nullOutputStream()));
	}

	private static long reactive(URI upstream, long bytes) {
		WebClient client = ClientsUnderTest.webClient(setting(upstream));
		client.put()
			.uri("http://inventory/upload")
			.body((request, context) -> request
				.writeWith(DataBufferUtils.readInputStream(() -> new Zeros(bytes), request.bufferFactory(), 65_536)))
			.retrieve()
			.toBodilessEntity()
			.block();
		Long received = client.get()
			.uri("http://inventory/download")
			.exchangeToFlux((response) -> response.body((message, context) -> message.getBody()))
			.map((buffer) -> {
				long size = buffer.readableByteCount();
				DataBufferUtils.release(buffer);
				return size;
			})
			.reduce(0L, Long::sum)
			.block();
		return (received != null) ? received : 0;
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
		public int read() throws IOException {
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
