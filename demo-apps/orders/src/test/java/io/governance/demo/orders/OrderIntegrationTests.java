// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.orders;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
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

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureRestTestClient
class OrderIntegrationTests {

	private static final String BOOK = """
			{"sku": "book", "quantity": 2}""";

	private static final StubService inventory = new StubService();

	private static final StubService payments = new StubService();

	@Autowired
	private RestTestClient client;

	@DynamicPropertySource
	static void services(DynamicPropertyRegistry registry) {
		registry.add("spring.cloud.discovery.client.simple.instances.inventory[0].uri", inventory::uri);
		registry.add("spring.cloud.discovery.client.simple.instances.payments[0].uri", payments::uri);
	}

	@AfterAll
	static void stop() {
		inventory.close();
		payments.close();
	}

	@Test
	void reservesThenPaysUnderOneOrderId() {
		inventoryReserves();
		paymentsAccepts();
		order(BOOK).expectStatus().isCreated().expectBody().json("""
				{"stock": 7, "payment": "accepted", "servedBy": ["orders-1", "inventory-2", "payments-1"]}""");
		String reservation = inventory.requests().remove();
		assertThat(reservation).startsWith("PUT /reservations/").contains("\"sku\":\"book\"", "\"quantity\":2");
		String orderId = reservation.split("[/ ]")[3];
		assertThat(payments.requests()).singleElement().asString().startsWith("POST /payments").contains(orderId);
	}

	@ParameterizedTest
	@CsvSource({ "409", "422" })
	void passesOnWhatInventoryRefusesAndTakesNoMoney(int status) {
		inventory.answers(status, """
				{"status": %d, "detail": "not that"}""".formatted(status));
		paymentsAccepts();
		order(BOOK).expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("not that");
		assertThat(payments.requests()).isEmpty();
	}

	@Test
	void passesOnWhatPaymentsRefuses() {
		inventoryReserves();
		payments.answers(402, """
				{"status": 402, "detail": "no money"}""");
		order(BOOK).expectStatus().isEqualTo(402).expectBody().jsonPath("$.detail").isEqualTo("no money");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "{\"sku\": \"book\", \"quantity\": 0}|quantity: 0",
					"{\"sku\": \"book\", \"quantity\": -1}|quantity: -1",
					"{\"sku\": \"book\", \"quantity\": 101}|quantity: 101", "{\"sku\": \"book\"}|quantity: null",
					"{\"quantity\": 1}|sku: null", "{\"sku\": \" \", \"quantity\": 1}|sku: " })
	void saysWhatIsWrongWithABadOrderAndCallsNobody(String json, String complaint) {
		inventoryReserves();
		order(json).expectStatus()
			.isBadRequest()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.detail")
			.value(String.class, (detail) -> assertThat(detail).startsWith(complaint).contains("expected"));
		assertThat(inventory.requests()).isEmpty();
	}

	private static void inventoryReserves() {
		inventory.answers(200, """
				{"orderId": "o", "sku": "book", "stock": 7, "servedBy": "inventory-2"}""");
	}

	private static void paymentsAccepts() {
		payments.answers(200, """
				{"orderId": "o", "payment": "accepted", "receipt": "r", "servedBy": "payments-1"}""");
	}

	private RestTestClient.ResponseSpec order(String json) {
		return this.client.post().uri("/orders").contentType(MediaType.APPLICATION_JSON).body(json).exchange();
	}

}
