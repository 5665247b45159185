// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.storefront;

import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureRestTestClient
class OrderIntegrationTests {

	private static final StubService orders = new StubService();

	@Autowired
	private RestTestClient client;

	@DynamicPropertySource
	static void services(DynamicPropertyRegistry registry) {
		registry.add("spring.cloud.discovery.client.simple.instances.orders[0].uri", orders::uri);
	}

	@AfterAll
	static void stop() {
		orders.close();
	}

	@Test
	void passesAnOrderOnAndPutsItselfFirstAmongThoseThatServed() {
		orders.answers(201, """
				{"orderId": "o1", "stock": 7, "payment": "accepted", "servedBy": ["orders-1", "inventory-2"]}""");
		order("""
				{"sku": "book", "quantity": 2}""").expectStatus().isCreated().expectBody().json("""
				{"orderId": "o1", "stock": 7, "payment": "accepted",
				"servedBy": ["storefront-1", "orders-1", "inventory-2"]}""");
		assertThat(orders.requests()).singleElement().asString().startsWith("POST /orders ").contains("book");
	}

	@ParameterizedTest
	@CsvSource({ "400", "409", "422", "429", "503" })
	void passesOnWhatOrdersSaysAboutABadOrder(int status) {
		orders.answers(status, """
				{"status": %d, "detail": "no"}""".formatted(status), Map.of("Retry-After", "3"));
		order("""
				{"sku": "nothing", "quantity": 0}""").expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectHeader()
			.valueEquals(HttpHeaders.RETRY_AFTER, "3")
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("no");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "no json|400", "[]|400", "{\"quantity\": 1.5}|400", "''|400" })
	void refusesWhatIsNotAnOrder(String body, int status) {
		orders.answers(201, "{}");
		order(body).expectStatus().isEqualTo(status).expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON);
		assertThat(orders.requests()).isEmpty();
	}

	@Test
	void refusesWhatIsNotSentAsJson() {
		this.client.post()
			.uri("/orders")
			.contentType(MediaType.TEXT_PLAIN)
			.body("book")
			.exchange()
			.expectStatus()
			.isEqualTo(415)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON);
	}

	private RestTestClient.ResponseSpec order(String json) {
		return this.client.post().uri("/orders").contentType(MediaType.APPLICATION_JSON).body(json).exchange();
	}

}
