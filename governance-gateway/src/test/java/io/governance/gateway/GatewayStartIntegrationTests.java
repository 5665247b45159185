// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the gateway program says when it starts.
 */
@ExtendWith(OutputCaptureExtension.class)
class GatewayStartIntegrationTests {

	private static final int FEW = 20;

	@Test
	void withNothingAroundItStartsAndSaysLittle(CapturedOutput output) {
		try (TestGateway gateway = TestGateway.start(List.of())) {
			assertThat(gateway.get("/actuator/health").statusCode()).isEqualTo(200);
			assertThat(output.toString().lines()).hasSizeLessThan(FEW);
			assertThat(output).doesNotContain(" WARN ", " ERROR ", "\tat ");
		}
	}

}
