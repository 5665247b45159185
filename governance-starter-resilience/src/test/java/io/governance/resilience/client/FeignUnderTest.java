// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import feign.Client;
import feign.Feign;
import feign.HeaderMap;
import feign.Request;
import feign.RequestLine;
import feign.Response;
import feign.Retryer;
import feign.Target;
import feign.Util;
import io.governance.client.FeignAttempt;
import io.governance.client.FeignTargets;
import io.governance.test.contract.OutboundClient;
import io.governance.test.contract.OutboundSetting;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.support.StaticListableBeanFactory;

/**
 * Feign clients with the call stage, and a fake choice of instances inside of it.
 */
final class FeignUnderTest {

	private FeignUnderTest() {
	}

	static OutboundClient client(OutboundSetting setting, Client transport) {
		FeignCallStage stage = new FeignCallStage(
				new StaticListableBeanFactory(Map.of("settings", ClientsUnderTest.settings(setting)))
					.getBeanProvider(ClientSettings.class),
				new FeignTargets((text) -> text));
		Inventory inventory = Feign.builder()
			.client((request, options) -> transport.execute(atInstance(setting, request, options), options))
			.retryer(Retryer.NEVER_RETRY)
			.encoder((body, type, template) -> template.body((byte[]) body, null))
			.addCapability(stage)
			.target(new Target.HardCodedTarget<>(Inventory.class, "inventory", "http://inventory"));
		return (request) -> answer(send(inventory, request));
	}

	private static Request atInstance(OutboundSetting setting, Request request, Request.Options options) {
		URI chosen = setting.instances().pick(URI.create(request.url()), FeignAttempt.tried(options));
		return Request.create(request.httpMethod(), chosen.toString(), request.headers(), request.body(),
				request.charset(), request.requestTemplate());
	}

	private static Response send(Inventory inventory, OutboundClient.Request request) {
		URI uri = URI.create("http://inventory" + request.path());
		byte[] body = request.body();
		return switch (request.method()) {
			case "GET" -> inventory.get(uri, request.headers());
			case "POST" -> inventory.post(uri, request.headers(), Objects.requireNonNull(body));
			case "PUT" -> inventory.put(uri, request.headers(), Objects.requireNonNull(body));
			default -> throw new IllegalArgumentException(request.method());
		};
	}

	private static OutboundClient.Answer answer(Response response) {
		try (response) {
			Collection<String> retryAfter = response.headers().getOrDefault("retry-after", List.of());
			byte[] body = (response.body() != null) ? Util.toByteArray(response.body().asInputStream()) : new byte[0];
			return new OutboundClient.Answer(response.status(), retryAfter.stream().findFirst().orElse(null),
					new String(body), fallback(response));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static @Nullable String fallback(Response response) {
		return response.headers().getOrDefault("x-governance-fallback", List.of()).stream().findFirst().orElse(null);
	}

	interface Inventory {

		@RequestLine("GET")
		Response get(URI uri, @HeaderMap Map<String, String> headers);

		@RequestLine("POST")
		Response post(URI uri, @HeaderMap Map<String, String> headers, byte[] body);

		@RequestLine("PUT")
		Response put(URI uri, @HeaderMap Map<String, String> headers, byte[] body);

	}

}
