// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway;

import java.util.List;

import io.governance.gateway.filter.GovernedRoutingFilter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.gateway.filter.NettyRoutingFilter;

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
			assertThat(gateway.beans(NettyRoutingFilter.class)).first().isInstanceOf(GovernedRoutingFilter.class);
			assertThat(output).doesNotContain(" WARN ", " ERROR ", "\tat ");
		}
	}

}
