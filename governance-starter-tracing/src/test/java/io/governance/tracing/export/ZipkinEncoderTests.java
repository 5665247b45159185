// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.export;

import java.nio.charset.StandardCharsets;
import java.util.Collections;

import brave.handler.MutableSpan;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ZipkinEncoderTests {

	private static final String SPAN = "{\"traceId\":\"8448eb211c80319c\",\"id\":\"b7ad6b7169203331\",\"name\":\"a\"}";

	private final ZipkinEncoder encoder = new ZipkinEncoder();

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			0 | []
			1 | [SPAN]
			3 | [SPAN,SPAN,SPAN]
			""")
	void aMessageIsAList(int spans, String expected) {
		MutableSpan span = new MutableSpan();
		span.traceId("8448eb211c80319c");
		span.id("b7ad6b7169203331");
		span.name("a");
		byte[] message = this.encoder.message(Collections.nCopies(spans, this.encoder.encode(span)));
		assertThat(new String(message, StandardCharsets.UTF_8)).isEqualTo(expected.replace("SPAN", SPAN));
	}

}
