// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.inventory;

import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StockTests {

	private final Stock stock = new Stock(Map.of("book", 1_000_000L));

	@Test
	void onlyTheNewestOrdersAreRememberedButAllAreCounted() {
		IntStream.range(0, Stock.REMEMBERED + 1)
			.forEach((i) -> this.stock.apply(new Reservation("order-" + i, "book", 2)));
		assertThat(this.stock.find("order-0")).isNull();
		assertThat(this.stock.find("order-1")).isNotNull();
		assertThat(this.stock.totals().orders()).isEqualTo(Stock.REMEMBERED + 1L);
		assertThat(this.stock.level("book")).contains(new Stock.Level("book", 899_998, 100_002));
	}

	@Test
	void hasNoLevelForWhatIsNotSold() {
		assertThat(this.stock.level("dodo")).isEmpty();
	}

}
