// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.consul;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WatchRefusals}.
 */
@ExtendWith(OutputCaptureExtension.class)
class WatchRefusalsTests {

	private static final String REQUEST = "GET /v1/health/service/orders";

	private final WatchRefusals refusals = new WatchRefusals("service=orders");

	@Test
	void eachRefusalIsSaidOnceWithServiceStatusAndWhatToDo(CapturedOutput output) {
		this.refusals.failed(ConsulException.answered(REQUEST, 403, "Permission denied"));
		this.refusals.failed(ConsulException.answered(REQUEST, 403, "Permission denied"));
		this.refusals.failed(ConsulException.answered(REQUEST, 500, "no leader"));
		assertThat(lines(output)).hasSize(2);
		assertThat(lines(output).get(0)).contains("service=orders", "status=403", "governance.discovery.consul.token",
				"Permission denied");
		assertThat(lines(output).get(1)).contains("service=orders", "status=500", "the agent's own log", "no leader");
	}

	@Test
	void afterAnAnswerItIsSaidAgain(CapturedOutput output) {
		this.refusals.answered();
		this.refusals.failed(ConsulException.answered(REQUEST, 500, "no leader"));
		this.refusals.answered();
		this.refusals.answered();
		this.refusals.failed(ConsulException.answered(REQUEST, 500, "no leader"));
		assertThat(lines(output)).hasSize(3);
	}

	@Test
	void anAgentThatIsAwayIsSaidElsewhere(CapturedOutput output) {
		this.refusals.failed(ConsulException.noAnswer(REQUEST, new IllegalStateException("gone")));
		assertThat(lines(output)).isEmpty();
	}

	private static List<String> lines(CapturedOutput output) {
		return output.getAll().lines().filter((line) -> line.contains("watch=")).toList();
	}

}
