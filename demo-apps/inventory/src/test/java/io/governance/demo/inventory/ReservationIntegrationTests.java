// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.inventory;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureRestTestClient
class ReservationIntegrationTests {

	@TempDir
	private static Path directory;

	@Autowired
	private RestTestClient client;

	@DynamicPropertySource
	static void journal(DynamicPropertyRegistry registry) {
		registry.add("demo.inventory.journal", () -> directory.resolve("data/inventory.journal"));
	}

	@Test
	void reservesOncePerOrder() {
		for (int i = 0; i < 2; i++) {
			reserve("o1", """
					{"sku": "lamp", "quantity": 2}""").expectStatus().isOk().expectBody().json("""
					{"orderId": "o1", "sku": "lamp", "stock": 999998, "servedBy": "inventory-1"}""");
		}
		get("/stock/lamp").expectStatus().isOk().expectBody().json("""
				{"sku": "lamp", "stock": 999998, "reserved": 2}""");
		get("/reservations").expectStatus().isOk().expectBody().jsonPath("$.bySku.lamp").isEqualTo(2);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "o2|{\"sku\": \"dodo\", \"quantity\": 1}|422", "o2|{\"sku\": \"globe\", \"quantity\": 4}|409",
					"o2|{\"sku\": \"book\", \"quantity\": 0}|400", "o2|{\"sku\": \"book\"}|400",
					"o2|{\"quantity\": 1}|400", "o 2|{\"sku\": \"book\", \"quantity\": 1}|400", "o2|no json|400" })
	void refusesWhatItCannotReserve(String orderId, String json, int status) {
		reserve(orderId, json).expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON);
	}

	@Test
	void doesNotKnowTheStockOfWhatItDoesNotSell() {
		get("/stock/dodo").expectStatus().isNotFound();
	}

	private RestTestClient.ResponseSpec get(String path) {
		return this.client.get().uri(path).exchange();
	}

	private RestTestClient.ResponseSpec reserve(String orderId, String json) {
		return this.client.put()
			.uri("/reservations/{orderId}", orderId)
			.contentType(MediaType.APPLICATION_JSON)
			.body(json)
			.exchange();
	}

}
