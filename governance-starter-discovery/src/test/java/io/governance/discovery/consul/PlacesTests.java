// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.consul;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Places}.
 */
class PlacesTests {

	private final Places places = new Places(2);

	@Test
	void thereAreNoMoreThanTheMaximum() {
		assertThat(this.places.take("a")).isTrue();
		assertThat(this.places.take("b")).isTrue();
		assertThat(this.places.take("c")).isFalse();
		this.places.leave();
		assertThat(this.places.take("d")).isTrue();
		assertThat(this.places.take("c")).isFalse();
	}

	@Test
	void aPlaceIsHandedOverToThoseWhoLookForOneInTurnAndToNobodyElse() {
		full();
		this.places.take("c");
		this.places.take("d");
		this.places.take("c");
		assertThat(this.places.handOver()).isTrue();
		assertThat(this.places.take("a")).isFalse();
		assertThat(this.places.take("d")).isFalse();
		assertThat(this.places.take("c")).isTrue();
		assertThat(this.places.handOver()).isTrue();
		assertThat(this.places.take("d")).isTrue();
	}

	@Test
	void aPlaceIsKeptWhenNobodyLooksForOne() {
		full();
		assertThat(this.places.handOver()).isFalse();
		this.places.take("c");
		this.places.leave();
		assertThat(this.places.take("c")).isTrue();
		assertThat(this.places.handOver()).isFalse();
	}

	@Test
	void whoEndsIsForgottenWithThePlaceThatWasHandedOver() {
		full();
		this.places.take("c");
		this.places.take("d");
		this.places.handOver();
		this.places.forget("c");
		this.places.forget("d");
		assertThat(this.places.handOver()).isFalse();
		assertThat(this.places.take("e")).isTrue();
		assertThat(this.places.take("f")).isFalse();
	}

	private void full() {
		this.places.take("a");
		this.places.take("b");
	}

}
