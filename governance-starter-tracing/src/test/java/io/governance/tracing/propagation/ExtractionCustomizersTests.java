// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.propagation;

import java.util.List;
import java.util.Map;

import brave.propagation.Propagation;
import brave.propagation.SamplingFlags;
import brave.propagation.TraceContextOrSamplingFlags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class ExtractionCustomizersTests {

	private final RequestHeaders request = RequestHeaders.of(Map.<String, String>of(),
			(Propagation.Getter<Map<String, String>, String>) Map::get);

	@Test
	void oneThatFailsIsPassedOverAndSaidOnce(CapturedOutput output) {
		ExtractionCustomizer denies = (extracted, request) -> extracted.sampled(false);
		ExtractionCustomizer fails = (extracted, request) -> {
			throw new IllegalStateException("no route");
		};
		ExtractionCustomizer tags = (extracted, request) -> extracted.toBuilder().addExtra("tag").build();
		ExtractionCustomizers all = new ExtractionCustomizers(() -> List.of(denies, fails, tags));
		for (int call = 0; call < 3; call++) {
			TraceContextOrSamplingFlags result = all.apply(TraceContextOrSamplingFlags.create(SamplingFlags.EMPTY),
					this.request);
			assertThat(result.sampled()).isFalse();
			assertThat(result.extra()).containsExactly("tag");
		}
		assertThat(output).containsOnlyOnce("extraction-customizer=failed").contains("no route");
	}

}
