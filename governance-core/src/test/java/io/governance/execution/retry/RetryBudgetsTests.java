// SPDX-License-Identifier: Apache-2.0

package io.governance.execution.retry;

import io.governance.time.ManualTimeSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RetryBudgetsTests {

	private final RetryBudgets budgets = new RetryBudgets(new Budget(0.0, 1), new ManualTimeSource());

	@Test
	void outageOfOneServiceLeavesTheBudgetsOfOthers() {
		while (this.budgets.of("orders").tryTake()) {
			assertThat(this.budgets.of("inventory").available()).isEqualTo(10);
		}
		assertThat(this.budgets.of("orders").available()).isZero();
		assertThat(this.budgets.of("inventory").tryTake()).isTrue();
	}

	@Test
	void sameServiceHasTheSameBudget() {
		assertThat(this.budgets.of("orders")).isSameAs(this.budgets.of("orders"));
	}

	@Test
	void stateListsServicesInOrder() {
		this.budgets.of("orders");
		this.budgets.of("inventory").tryTake();
		assertThat(this.budgets.state()).isEqualTo("inventory=9 orders=10");
	}

	@Test
	void numberOfServicesIsBounded() {
		for (int i = 0; i < 5_000; i++) {
			this.budgets.of("service-" + i);
		}
		assertThat(this.budgets.state().split(" ")).hasSizeLessThanOrEqualTo(1_000);
	}

}
