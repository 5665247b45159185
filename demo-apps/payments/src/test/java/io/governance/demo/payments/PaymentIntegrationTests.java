// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.payments;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureRestTestClient
class PaymentIntegrationTests {

	@Autowired
	private RestTestClient client;

	@Test
	void acceptsAnOrderOnceHoweverOftenItIsAsked() {
		String order = """
				{"orderId": "o1", "sku": "book", "quantity": 2}""";
		String first = answer(order);
		assertThat(first).contains("\"orderId\":\"o1\"", "\"payment\":\"accepted\"", "\"servedBy\":\"payments-1\"");
		assertThat(answer(order)).isEqualTo(first);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "{\"quantity\": 1}", "{\"orderId\": \"\", \"quantity\": 1}", "{\"orderId\": \"o\"}",
					"{\"orderId\": \"o\", \"quantity\": 0}", "no json" })
	void refusesWhatIsNotAPayment(String json) {
		pay(json).expectStatus().isBadRequest().expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON);
	}

	private String answer(String json) {
		String body = pay(json).expectStatus().isOk().expectBody(String.class).returnResult().getResponseBody();
		return (body != null) ? body : "";
	}

	private RestTestClient.ResponseSpec pay(String json) {
		return this.client.post().uri("/payments").contentType(MediaType.APPLICATION_JSON).body(json).exchange();
	}

}
