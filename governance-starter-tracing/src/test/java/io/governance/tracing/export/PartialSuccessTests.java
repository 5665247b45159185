// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.export;

import java.nio.ByteBuffer;
import java.util.HexFormat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What opentelemetry-proto writes is read, and what nobody should write does no harm.
 */
class PartialSuccessTests {

	@ParameterizedTest
	@CsvSource({ "0, 0", "1, 1", "300, 300", "9223372036854775807, 9223372036854775807", "-1, 0" })
	void theNumberIsRead(long written, long read) {
		assertThat(read(response(written, "zu alt: 1970"))).isEqualTo(new PartialSuccess(read, "zu alt: 1970"));
	}

	@Test
	void anEmptyResponseRefusesNothing() {
		assertThat(read(ExportTraceServiceResponse.getDefaultInstance().toByteArray()))
			.isEqualTo(PartialSuccess.ALL_TAKEN);
	}

	@Test
	void fieldsOfLaterVersionsArePassedOver() {
		UnknownFieldSet later = UnknownFieldSet.newBuilder()
			.addField(14,
					UnknownFieldSet.Field.newBuilder()
						.addVarint(-1)
						.addFixed32(1)
						.addFixed64(1)
						.addLengthDelimited(ByteString.copyFromUtf8("later"))
						.build())
			.build();
		ExportTraceServiceResponse response = ExportTraceServiceResponse.newBuilder()
			.setUnknownFields(later)
			.setPartialSuccess(ExportTracePartialSuccess.newBuilder().setRejectedSpans(7).setUnknownFields(later))
			.build();
		assertThat(read(response.toByteArray()).rejected()).isEqualTo(7);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0a", "0aff", "0a0208", "0a7f0801", "0f", "ffffffffffffffffffffff", "3c68746d6c3e",
			"0affffffffffffffffff01" })
	void whatIsNoResponseSaysNothing(String hex) {
		assertThat(read(HexFormat.of().parseHex(hex))).isEqualTo(PartialSuccess.ALL_TAKEN);
	}

	private static byte[] response(long rejected, String reason) {
		return ExportTraceServiceResponse.newBuilder()
			.setPartialSuccess(
					ExportTracePartialSuccess.newBuilder().setRejectedSpans(rejected).setErrorMessage(reason))
			.build()
			.toByteArray();
	}

	private static PartialSuccess read(byte[] response) {
		return PartialSuccess.read(ByteBuffer.wrap(response));
	}

}
