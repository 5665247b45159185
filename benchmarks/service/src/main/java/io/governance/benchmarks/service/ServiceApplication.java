// SPDX-License-Identifier: Apache-2.0

package io.governance.benchmarks.service;

import java.util.List;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * A service with two answers: one that costs next to nothing, so that all there is to see
 * is what surrounds it, and one with about a millisecond of work, as services have.
 */
@SpringBootApplication(proxyBeanMethods = false)
@RestController
class ServiceApplication {

	private static final int ROUNDS = 600_000;

	public static void main(String[] args) {
		SpringApplication.run(ServiceApplication.class, args);
	}

	@GetMapping("/items/{id}")
	Item item(@PathVariable String id) {
		return new Item(id, "an item", List.of("a", "b", "c"));
	}

	@GetMapping("/work/{id}")
	Item work(@PathVariable String id) {
		long hash = id.hashCode();
		for (int round = 0; round < ROUNDS; round++) {
			hash = hash * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
		}
		return new Item(id, Long.toHexString(hash), List.of("a", "b", "c"));
	}

	record Item(String id, String name, List<String> tags) {
	}

}
