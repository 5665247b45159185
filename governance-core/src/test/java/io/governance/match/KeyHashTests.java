// SPDX-License-Identifier: Apache-2.0

package io.governance.match;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class KeyHashTests {

	/**
	 * Made with an implementation of the specification of its own, over UTF-16LE.
	 */
	@ParameterizedTest(name = "{0}")
	@CsvSource(textBlock = """
			'',                                    ef46db3751d8e999, 98b1582b0977e704
			a,                                     e513e02c99167f96, c899c88b07bb8e84
			ab,                                    2b4d0fc9e4bf29e2, 616b7c9a2ae8d9d8
			abc,                                   aff0f2a2f8b32731, 1f7472082943dcac
			user-42,                               a9a7c12f729ae8ce, 9d5a3a682a3f6fc9
			0123456789abcdef,                      65915d1b2958d2ef, abab6458ff55a8c4
			0123456789abcdef0123456789abcdefXYZ,   380b64a1fa19f5f6, 7a679fdf0581fc31
			'grüße, 世界',                          2796fb9d491a97ab, f0efde2aa9c70309
			""")
	void hashesAsSpecified(String key, String plain, String seeded) {
		assertThat(Long.toHexString(KeyHash.of(key))).isEqualTo(plain);
		assertThat(Long.toHexString(KeyHash.of(key, 42))).isEqualTo(seeded);
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource({ "xxhash, 0, 32dd38952c4bc720", "xxhash, 20141025, b559b98d844e0635", "asdf, 0, 415872f599cea71e",
			"as, 0, 1c330fb2d66be179" })
	void givesThePublishedHashesOfBytes(String bytes, long seed, String hash) {
		String key = new String(bytes.getBytes(StandardCharsets.US_ASCII), StandardCharsets.UTF_16LE);
		assertThat(Long.toHexString(KeyHash.of(key, seed))).isEqualTo(hash);
	}

	@Test
	void sharesFillTheRangeEvenly() {
		int[] tenths = new int[10];
		for (int i = 0; i < 100_000; i++) {
			tenths[(int) (KeyHash.share(KeyHash.of("user-" + i)) * 10)]++;
		}
		assertThat(Arrays.stream(tenths)).allSatisfy((count) -> assertThat(count).isBetween(9_700, 10_300));
		assertThat(KeyHash.share(-1)).isLessThan(1);
		assertThat(KeyHash.share(0)).isZero();
	}

}
