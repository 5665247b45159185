// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.client;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import feign.Client;
import feign.Request;
import feign.Response;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.SenderContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ObservedFeignClientTests {

	private final List<Request> sent = new ArrayList<>();

	private final List<Observation.Context> observed = new ArrayList<>();

	private final Client delegate = (request, options) -> {
		this.sent.add(request);
		return Response.builder().request(request).status(200).headers(Map.of()).build();
	};

	@Test
	void namesOfHeadersHaveNoCaseAsInFeignItself() throws IOException {
		execute(registry(), "http://orders/x", Map.of("Accept", List.of("text/plain"), "TraceParent", List.of("old")));
		Map<String, Collection<String>> headers = this.sent.get(0).headers();
		assertThat(headers.get("accept")).containsExactly("text/plain");
		assertThat(headers.get("traceparent")).containsExactly("new");
		assertThat(headers).hasSize(2);
	}

	@ParameterizedTest
	@CsvSource({ "http://orders/x, orders", "http://orders/a|b?c={d}, none", "http://my_service/x, none" })
	void aUrlThatFeignTakesIsSent(String url, String host) throws IOException {
		execute(registry(), url, Map.of());
		assertThat(this.sent.get(0).url()).isEqualTo(url);
		assertThat(this.observed.get(0).getLowCardinalityKeyValue("client.name").getValue()).isEqualTo(host);
	}

	@Test
	void withoutObservationsTheRequestIsLeftAlone() throws IOException {
		execute(ObservationRegistry.NOOP, "http://orders/x", Map.of("a", List.of("b")));
		assertThat(this.sent.get(0).headers()).containsOnlyKeys("a");
	}

	private void execute(ObservationRegistry registry, String url, Map<String, Collection<String>> headers)
			throws IOException {
		Request request = Request.create(Request.HttpMethod.GET, url, headers, Request.Body.empty(), null);
		Response response = new ObservedFeignClient(this.delegate, registry).execute(request, new Request.Options());
		assertThat(response.status()).isEqualTo(200);
	}

	private ObservationRegistry registry() {
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(new Sending());
		return registry;
	}

	private final class Sending implements ObservationHandler<SenderContext<Object>> {

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof SenderContext;
		}

		@Override
		public void onStart(SenderContext<Object> context) {
			context.getSetter().set(context.getCarrier(), "traceparent", "new");
			ObservedFeignClientTests.this.observed.add(context);
		}

	}

}
