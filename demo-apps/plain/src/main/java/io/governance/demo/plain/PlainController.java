// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.plain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

/**
 * What the four services are asked for. Keeps no stock and no money.
 */
@RestController
final class PlainController {

	private static final ParameterizedTypeReference<Map<String, Object>> JSON = new ParameterizedTypeReference<>() {
	};

	private final RestClient client;

	private final String service;

	private final String instance;

	PlainController(RestClient.Builder builder, @Value("${spring.application.name}") String service,
			@Value("${spring.cloud.consul.discovery.instance-id}") String instance) {
		this.client = builder.clone().build();
		this.service = service;
		this.instance = instance;
	}

	@PostMapping("/orders")
	@ResponseStatus(HttpStatus.CREATED)
	Map<String, Object> order(@RequestBody Map<String, Object> order) {
		return this.service.equals("storefront") ? passOn(order) : place(order);
	}

	private Map<String, Object> passOn(Map<String, Object> order) {
		Map<String, Object> placed = call(HttpMethod.POST, "http://orders/orders", order);
		List<Object> servedBy = new ArrayList<>(List.of(this.instance));
		servedBy.addAll((List<?>) Objects.requireNonNull(placed.get("servedBy")));
		placed.put("servedBy", servedBy);
		return placed;
	}

	private Map<String, Object> place(Map<String, Object> order) {
		String id = UUID.randomUUID().toString();
		Map<String, Object> reserved = call(HttpMethod.PUT, "http://inventory/reservations/" + id, order);
		Map<String, Object> paid = call(HttpMethod.POST, "http://payments/payments",
				Map.of("orderId", id, "sku", order.get("sku"), "quantity", order.get("quantity")));
		return Map.of("orderId", id, "stock", reserved.get("stock"), "payment", paid.get("payment"), "servedBy",
				List.of(this.instance, reserved.get("servedBy"), paid.get("servedBy")));
	}

	private Map<String, Object> call(HttpMethod method, String uri, Map<String, Object> body) {
		return Objects.requireNonNull(this.client.method(method).uri(uri).body(body).retrieve().body(JSON));
	}

	@PutMapping("/reservations/{orderId}")
	Map<String, Object> reserve(@PathVariable String orderId, @RequestBody Map<String, Object> goods) {
		return Map.of("orderId", orderId, "sku", goods.get("sku"), "stock", 1, "servedBy", this.instance);
	}

	@PostMapping("/payments")
	Map<String, Object> pay(@RequestBody Map<String, Object> payment) {
		return Map.of("orderId", payment.get("orderId"), "payment", "accepted", "servedBy", this.instance);
	}

}
