// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.servlet;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.governance.context.LabelSource;
import io.governance.context.TrustedCallers;
import io.governance.engine.PolicyEngine;
import io.governance.request.IgnoredPaths;
import io.governance.resilience.inbound.InboundCalls;
import io.governance.resilience.inbound.InboundRun;
import io.governance.resilience.inbound.InboundSettings;
import io.governance.test.FakeCall;
import io.governance.test.ManualTimeSource;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

class RetriedResponseTests {

	private static final String MARK = "x-governance-retried";

	private final ManualTimeSource time = new ManualTimeSource();

	private final InboundRun run = new InboundCalls(new PolicyEngine("orders", this.time, () -> 0L),
			new InboundSettings("orders", LabelSource.NONE, new TrustedCallers(List.of()), this.time,
					new IgnoredPaths(null)))
		.begin(Map.<String, String>of()::get, true, (context) -> FakeCall.at("orders"));

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	@Test
	void aFailureAfterRetriesIsMarked() {
		retried().setStatus(503);
		assertThat(this.response.getHeader(MARK)).isEqualTo("true");
	}

	@Test
	void anErrorAfterRetriesIsMarkedBeforeItIsSent() throws IOException {
		retried().sendError(502);
		assertThat(this.response.isCommitted()).isTrue();
		assertThat(this.response.getHeader(MARK)).isEqualTo("true");
	}

	@Test
	void anErrorWithAMessageIsMarkedToo() throws IOException {
		retried().sendError(502, "no");
		assertThat(this.response.getHeader(MARK)).isEqualTo("true");
	}

	@Test
	void anAnswerInSpiteOfItIsNotMarked() {
		retried().setStatus(200);
		assertThat(this.response.getHeader(MARK)).isNull();
	}

	@Test
	void aFailureOfAnotherKindIsNotMarked() {
		new RetriedResponse(this.response, this.run).setStatus(503);
		assertThat(this.response.getHeader(MARK)).isNull();
	}

	private RetriedResponse retried() {
		Objects.requireNonNull(this.run.context().retryNote()).write();
		return new RetriedResponse(this.response, this.run);
	}

}
