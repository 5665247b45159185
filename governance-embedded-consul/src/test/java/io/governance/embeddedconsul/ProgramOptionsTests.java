// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ProgramOptionsTests {

	@Test
	void areConsulsPortOnTheLoopbackAddressByDefault() {
		assertThat(ProgramOptions.parse()).isEqualTo(new EmbeddedConsulSettings("127.0.0.1", 8500, null));
	}

	@Test
	void areRead() {
		assertThat(ProgramOptions.parse("--port=0", "--host=0.0.0.0", "--snapshot=/var/kv.json"))
			.isEqualTo(new EmbeddedConsulSettings("0.0.0.0", 0, Path.of("/var/kv.json")));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			--port=x     | --port: x (expected: a number from 0 to 65535)
			--port=65536 | --port: 65536 (expected: a number from 0 to 65535)
			--port       | --port:  (expected: a number from 0 to 65535)
			--host=      | --host: nothing (expected: --host=VALUE)
			--snapshot   | --snapshot: nothing (expected: --snapshot=VALUE)
			--verbose    | --verbose: unknown option (expected: --port, --host or --snapshot)
			""")
	void areRefusedWithWhatWasExpected(String argument, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> ProgramOptions.parse(argument)).withMessage(message);
	}

}
