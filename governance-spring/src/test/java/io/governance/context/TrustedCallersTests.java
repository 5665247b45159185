// SPDX-License-Identifier: Apache-2.0

package io.governance.context;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TrustedCallersTests {

	@ParameterizedTest
	@CsvSource({ "10.0.0.0/8, 10.255.0.1, true", "10.0.0.0/8, 11.0.0.1, false", "172.16.0.0/12, 172.31.255.255, true",
			"172.16.0.0/12, 172.32.0.0, false", "192.0.2.7, 192.0.2.7, true", "192.0.2.7, 192.0.2.8, false",
			"0.0.0.0/0, 8.8.8.8, true", "0.0.0.0/0, ::1, false", "10.1.2.3/8, 10.9.9.9, true",
			"10.0.0.0/8, ::ffff:10.0.0.1, true", "fc00::/7, fd12::1, true", "fc00::/7, fe80::1, false",
			"fe80::/10, fe80::1%eth0, true", "::1, 0:0:0:0:0:0:0:1, true", "127.0.0.0/8, localhost, false",
			"127.0.0.0/8, 127.1, false", "127.0.0.0/8, 127.0.0.0.1, false", "127.0.0.0/8, 127.0.0.256, false",
			"10.0.0.0/9, 10.127.255.255, true", "10.0.0.0/9, 10.128.0.0, false", "192.0.2.6/31, 192.0.2.7, true",
			"192.0.2.6/31, 192.0.2.8, false", "127.0.0.0/8, 127..0.1, false", "127.0.0.0/8, 127.0.0.1., false",
			"0.0.0.0/0, 1.2.3.0004, false", "0.0.0.0/0, 1.2.3, false", "127.0.0.0/8, '', false",
			"::/0, face.example, false" })
	void trustsTheAddressesInItsBlocks(String block, String address, boolean trusted) {
		assertThat(new TrustedCallers(List.of(Cidr.valueOf(block))).trusts(address)).isEqualTo(trusted);
	}

	@ParameterizedTest
	@ValueSource(strings = { "10.0.0.0/33", "10.0.0/8", "::1/129", "localhost", "10.0.0.0/", "10.0.0.0/-1",
			"10.0.0.0/8/8", "", "/8", "fe80::zz/10", ":::/1" })
	void refusesWhatIsNoBlock(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Cidr.valueOf(text))
			.withMessageContaining(text + " (expected: an address block");
	}

	@ParameterizedTest
	@CsvSource({ "10.1.2.3/8, 10.0.0.0/8", "192.0.2.7, 192.0.2.7/32", "fd00::1/8, fd00:0:0:0:0:0:0:0/8" })
	void blocksAreWrittenInTheirShortestMeaning(String text, String written) {
		assertThat(Cidr.valueOf(text)).hasToString(written).isEqualTo(Cidr.valueOf(written));
	}

}
