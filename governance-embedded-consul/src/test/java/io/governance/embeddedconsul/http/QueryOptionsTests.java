// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.http;

import java.time.Duration;

import io.governance.embeddedconsul.store.BlockingQuery;
import io.governance.embeddedconsul.store.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class QueryOptionsTests {

	@ParameterizedTest
	@CsvSource({ "index=16, PT5M", "index=16&wait=30s, PT30S", "index=16&wait=1h, PT10M" })
	void waitsAsLongAsAskedWithinLimits(String query, Duration wait) {
		assertThat(options(query).blocking()).isEqualTo(new BlockingQuery(16, wait.toNanos()));
	}

	@Test
	void stretchesAWaitByLessThanASixteenth() {
		for (int index = 1; index < 100; index++) {
			assertThat(options("wait=16s&index=" + index).blocking().waitNanos())
				.isBetween(Duration.ofSeconds(16).toNanos(), Duration.ofSeconds(17).toNanos() - 1);
		}
	}

	@ParameterizedTest
	@CsvSource({ "''", "index=0&wait=5s", "wait=5s" })
	void doesNotWaitWithoutAnIndex(String query) {
		assertThat(options(query).blocking()).isEqualTo(BlockingQuery.NONE);
	}

	@Test
	void refusesAFilterRatherThanIgnoringIt() {
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> options("filter=Node==x"))
			.withMessageContaining("(expected: none");
	}

	@Test
	void matchesTheNodesMetadata() {
		assertThat(options("").nodeMatches()).isTrue();
		assertThat(options("node-meta=consul-network-segment:").nodeMatches()).isTrue();
		assertThat(options("node-meta=rack:7").nodeMatches()).isFalse();
	}

	private static QueryOptions options(String query) {
		return QueryOptions.of(ApiRequest.of("GET", "/v1/x?" + query, new byte[0]));
	}

}
