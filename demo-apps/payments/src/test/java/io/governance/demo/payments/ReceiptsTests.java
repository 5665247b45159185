// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.payments;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReceiptsTests {

	private final Receipts receipts = new Receipts();

	@Test
	void anOrderHasOneReceipt() {
		assertThat(this.receipts.of("a")).isEqualTo(this.receipts.of("a")).isNotEqualTo(this.receipts.of("b"));
	}

	@Test
	void onlyTheNewestOrdersAreRemembered() {
		String first = this.receipts.of("first");
		String second = this.receipts.of("second");
		IntStream.range(0, Receipts.REMEMBERED - 1).forEach((i) -> this.receipts.of("order-" + i));
		assertThat(this.receipts.of("second")).isEqualTo(second);
		assertThat(this.receipts.of("first")).isNotEqualTo(first);
	}

}
