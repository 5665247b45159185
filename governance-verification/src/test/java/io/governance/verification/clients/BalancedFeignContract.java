// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import feign.Response;
import feign.Util;
import io.governance.test.conformance.NotApplicable;
import io.governance.test.contract.BalancedContract;
import io.governance.test.contract.OutboundClient;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;

/**
 * The contract of balanced clients for OpenFeign, on each of its clients.
 */
abstract class BalancedFeignContract extends BalancedContract {

	private final List<String> transport;

	private final Class<?> application;

	BalancedFeignContract(Class<?> application, String... transport) {
		this.application = application;
		this.transport = List.of(transport);
	}

	@Override
	protected BalancedContract.Application start(List<String> properties) {
		List<String> all = new ArrayList<>(properties);
		all.addAll(this.transport);
		return ClientsApplication.start(this.application, all,
				(context, service) -> client(context.getBean(ByName.class), "http://" + service),
				(context, uri) -> client(context.getBean(ByUrl.class), uri.toString()));
	}

	@Override
	@NotApplicable("Spring Cloud OpenFeign refuses such a name of a client.")
	protected final void aServiceNameThatIsNoHostNameWorks() {
	}

	private static OutboundClient client(Calls client, String base) {
		return (request) -> {
			URI uri = URI.create(base + request.path());
			byte[] body = request.body();
			return answer(
					(body == null) ? client.get(uri, request.headers()) : client.post(uri, request.headers(), body));
		};
	}

	private static OutboundClient.Answer answer(Response response) {
		try (response) {
			byte[] body = (response.body() != null) ? Util.toByteArray(response.body().asInputStream()) : new byte[0];
			return new OutboundClient.Answer(response.status(), null, new String(body));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	interface Calls {

		@GetMapping
		Response get(URI uri, @RequestHeader Map<String, String> headers);

		@PostMapping
		Response post(URI uri, @RequestHeader Map<String, String> headers, @RequestBody byte[] body);

	}

	@FeignClient(name = "inventory")
	interface ByName extends Calls {

	}

	@FeignClient(name = "elsewhere", url = "http://127.0.0.1")
	interface ByUrl extends Calls {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableFeignClients(clients = { ByName.class, ByUrl.class })
	static class Application {

	}

}
