// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.e2e;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.governance.test.Requirement;
import io.governance.test.zipkin.ZipkinJar;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

class ZipkinTracesIntegrationTests extends TraceJourney {

	@RegisterExtension
	static final Requirement ZIPKIN = ZipkinJar.requirement();

	@Override
	@Nullable Demo start() {
		return ZIPKIN.isMet() ? new Demo("zipkin", Map.of(), "--with", "zipkin") : null;
	}

	@Override
	List<RecordedSpan> spans(Demo demo, Http http, String traceId) {
		HttpResponse<String> answer = http.get(demo.url("zipkin") + "/api/v2/trace/" + traceId);
		List<RecordedSpan> spans = new ArrayList<>();
		if (answer.statusCode() == 200) {
			Http.body(answer).forEach((span) -> spans.add(span(span)));
		}
		return spans;
	}

	private static RecordedSpan span(JsonNode span) {
		Map<String, String> tags = new TreeMap<>();
		span.path("tags").forEachEntry((name, value) -> tags.put(name, value.asString()));
		return new RecordedSpan(span.path("localEndpoint").path("serviceName").asString(""), span.get("id").asString(),
				span.path("parentId").asStringOpt().orElse(null),
				span.path("kind").asString("").toUpperCase(Locale.ROOT), tags.containsKey("error"), tags);
	}

}
