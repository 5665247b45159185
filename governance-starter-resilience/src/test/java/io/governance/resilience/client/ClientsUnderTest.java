// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import io.governance.client.RequestFactoryStage;
import io.governance.context.Attempts;
import io.governance.context.LabelSource;
import io.governance.resilience.execution.CallExecution;
import io.governance.resilience.failback.FailedCalls;
import io.governance.test.FakeInstances;
import io.governance.test.contract.OutboundClient;
import io.governance.test.contract.OutboundSetting;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.io.InputStreamResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.util.StreamUtils;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Clients with the call stage and the transport stage, and a fake choice of instances
 * between them.
 */
final class ClientsUnderTest {

	private ClientsUnderTest() {
	}

	static ClientSettings settings(OutboundSetting setting) {
		FailedCalls failedCalls = new FailedCalls(setting.engine(), setting.time());
		// its thread ends by itself when it has nothing to do
		failedCalls.start();
		return new ClientSettings(new CallExecution(setting.engine(), setting.time(), setting.caller(), failedCalls),
				LabelSource.NONE, new GovernedHosts(List.of()));
	}

	static ClientHttpRequestFactory staged(OutboundSetting setting, ClientHttpRequestFactory factory) {
		ClientSettings settings = settings(setting);
		RequestFactoryStage[] stages = { new TransportStage(settings), new InstanceStage(setting.instances()),
				new CallStage(settings) };
		ClientHttpRequestFactory staged = factory;
		for (RequestFactoryStage stage : Arrays.stream(stages)
			.sorted(Comparator.comparingInt(RequestFactoryStage::getOrder).reversed())
			.toList()) {
			staged = stage.wrap(staged, true);
		}
		return staged;
	}

	static OutboundClient restClient(OutboundSetting setting, ClientHttpRequestFactory factory) {
		RestClient client = RestClient.builder()
			.baseUrl("http://inventory")
			.requestFactory(staged(setting, factory))
			.build();
		return (request) -> {
			RestClient.RequestBodySpec spec = client.method(HttpMethod.valueOf(request.method()))
				.uri(URI.create("http://inventory" + request.path()))
				.headers((headers) -> request.headers().forEach(headers::set));
			if (request.body() != null) {
				spec.body(request.oneShot() ? new InputStreamResource(new ByteArrayInputStream(request.body()))
						: request.body());
			}
			return spec.exchangeForRequiredValue((sent, response) -> answer(response));
		};
	}

	static OutboundClient.Answer answer(ClientHttpResponse response) throws IOException {
		return new OutboundClient.Answer(response.getStatusCode().value(),
				response.getHeaders().getFirst(HttpHeaders.RETRY_AFTER),
				new String(StreamUtils.copyToByteArray(response.getBody())),
				response.getHeaders().getFirst("x-governance-fallback"));
	}

	static WebClient webClient(OutboundSetting setting) {
		WebClient.Builder builder = WebClient.builder()
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(-1))
			.filter((request, next) -> Mono.defer(() -> {
				URI chosen = setting.instances()
					.pick(request.url(), (Attempts) request.attributes().get(Attempts.ATTRIBUTE));
				return next.exchange(ClientRequest.from(request).url(chosen).build());
			}));
		WebClientStages.attach(builder, settings(setting), true);
		WebClientTransports.attach(builder);
		return builder.build();
	}

	/**
	 * Chooses instances as the test says.
	 */
	private record InstanceStage(FakeInstances instances) implements RequestFactoryStage {

		@Override
		public int getOrder() {
			return ATTEMPT;
		}

		@Override
		public ClientHttpRequestFactory wrap(ClientHttpRequestFactory next, boolean loadBalanced) {
			return (uri, method) -> new InstanceRequest(uri, method, next, this.instances);
		}

	}

	private static final class InstanceRequest extends StreamingRequest {

		private final ClientHttpRequestFactory next;

		private final FakeInstances instances;

		InstanceRequest(URI uri, HttpMethod method, ClientHttpRequestFactory next, FakeInstances instances) {
			super(uri, method);
			this.next = next;
			this.instances = instances;
		}

		@Override
		protected ClientHttpResponse executeInternal(HttpHeaders headers) throws IOException {
			@Nullable Attempts attempts = (Attempts) getAttributes().get(Attempts.ATTRIBUTE);
			var request = this.next.createRequest(this.instances.pick(getURI(), attempts), getMethod());
			copyTo(request, headers, body(headers));
			return request.execute();
		}

	}

}
