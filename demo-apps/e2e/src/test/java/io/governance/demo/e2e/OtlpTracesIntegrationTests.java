// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.e2e;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;

class OtlpTracesIntegrationTests extends TraceJourney {

	private final OtlpReceiver receiver = new OtlpReceiver();

	@Override
	Demo start() {
		return new Demo("otlp", Map.of("GOVERNANCE_TRACING_EXPORT_TO", "otlp", "GOVERNANCE_TRACING_EXPORT_ENDPOINT",
				this.receiver.url(), "MANAGEMENT_TRACING_SAMPLING_PROBABILITY", "1.0"));
	}

	@Override
	List<RecordedSpan> spans(Demo demo, Http http, String traceId) {
		return this.receiver.spans(traceId);
	}

	@AfterAll
	void stop() {
		this.receiver.close();
	}

}
