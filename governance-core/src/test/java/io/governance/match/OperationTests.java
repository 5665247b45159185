// SPDX-License-Identifier: Apache-2.0

package io.governance.match;

import io.governance.policy.FakeCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class OperationTests {

	@ParameterizedTest(name = "{0}")
	@CsvSource(textBlock = """
			/,                                            GET /
			/orders,                                      GET /orders
			/orders/,                                     GET /orders/
			/orders/42,                                   GET /orders/{}
			/orders/42/lines/7,                           GET /orders/{}/lines/{}
			/v1/oauth2/s3,                                GET /v1/oauth2/s3
			/orders/f81d4fae-7dec-11d0-a765-00a0c91e6bf6, GET /orders/{}
			/items/SKU-123,                               GET /items/{}
			/items/SKU-12,                                GET /items/SKU-12
			/users/ann%40example.com,                     GET /users/{}
			/tokens/abcdefghijklmnopqrstuvwxyzabcdefg,    GET /tokens/{}
			/a/b/c/d/e/f/g/h,                             GET /a/b/c/d/e/f/g/h
			/a/b/c/d/e/f/g/h/i/j,                         GET /a/b/c/d/e/f/g/h
			//a,                                          GET //a
			""")
	void leavesOutWhatLooksLikeAnIdentifier(String path, String operation) {
		assertThat(CallKey.parse("operation").of(FakeCall.to("orders").path(path))).isEqualTo(operation);
	}

	@Test
	void isTheNameOfAMethodOfThisProcess() {
		String name = "findAllOrdersOfTheLast365DaysByCustomer";
		assertThat(CallKey.parse("operation").of(FakeCall.to("orders").local().path("/" + name))).isEqualTo(name);
	}

}
