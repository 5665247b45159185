// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.accesslog;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class AccessLineTests {

	private static final AccessRecord.Origin ORIGIN = new AccessRecord.Origin("0af7651916cd43dd8448eb211c80319c",
			"b7ad6b7169203331", "storefront");

	@Test
	void textHasTheFieldsInEnvoysOrder() {
		Upstream upstream = new Upstream("orders", "orders", "10.0.0.5:8080", 2);
		String line = line(AccessLogFormat.TEXT).of(access("/orders", "page=2",
				Map.of("user-agent", "curl \"8\"", "host", "shop", "x-request-id", "r-1"), null, upstream));
		assertThat(line)
			.isEqualTo("[2026-01-02T03:04:05.006Z] \"GET /orders?page=2 HTTP/1.1\" 200 - - - \"-\" 3 1024 15 - "
					+ "\"-\" \"curl \\\"8\\\"\" \"r-1\" \"shop\" \"10.0.0.5:8080\" orders - [::1]:8080 127.0.0.1:50000 - orders");
	}

	@Test
	void aRejectionHasItsFlagReasonAndRule() {
		Rejection rejection = new Rejection(Reason.RATE_LIMITED, "rate-limit/checkout", 0);
		String line = line(AccessLogFormat.TEXT).of(access("/orders", null, Map.of(), rejection, null));
		assertThat(line).contains("\" 429 RL rate-limited{rate-limit/checkout} - ");
	}

	@Test
	void jsonHasTheSameFieldsByNameAndMore() {
		Upstream upstream = new Upstream("orders", "orders", "10.0.0.5:8080", 2);
		JsonNode line = json(access("/orders", null, Map.of("x-client", "ios"), null, upstream), "X-Client");
		assertThat(line.path("start_time").asString()).isEqualTo("2026-01-02T03:04:05.006Z");
		assertThat(line.path("upstream_host").asString()).isEqualTo("10.0.0.5:8080");
		assertThat(line.path("upstream_cluster").asString()).isEqualTo("orders");
		assertThat(line.path("route_name").asString()).isEqualTo("orders");
		assertThat(line.path("attempts").asInt()).isEqualTo(2);
		assertThat(line.path("duration").asInt()).isEqualTo(15);
		assertThat(line.path("trace_id").asString()).isEqualTo(ORIGIN.traceId());
		assertThat(line.path("caller").asString()).isEqualTo("storefront");
		assertThat(line.path("request_header_x-client").asString()).isEqualTo("ios");
		assertThat(line.has("reason")).isFalse();
	}

	@ParameterizedTest
	@EnumSource
	void nothingThatAClientSendsMakesASecondLine(AccessLogFormat format) {
		String hostile = "a\r\n[2026-01-01] \"GET /forged\u0000\u001b[2J\u0085\u2028\u202e\"\\";
		String line = line(format, "x-client").of(access("/" + hostile, hostile,
				Map.of("user-agent", hostile, "x-client", hostile, "host", hostile), null, null));
		assertThat(line.codePoints()).noneMatch(Character::isISOControl)
			.noneMatch((character) -> Character.getType(character) == Character.FORMAT)
			.noneMatch((character) -> character == '\u2028');
		if (format == AccessLogFormat.JSON) {
			assertThat(new JsonMapper().readTree(line).path("user_agent").asString()).isEqualTo(hostile);
		}
	}

	@ParameterizedTest
	@EnumSource
	void aLineIsNeverLongerThanAllowedAndStaysWhole(AccessLogFormat format) {
		String worst = "\u0001".repeat(100_000);
		String line = line(format, "x-client")
			.of(access("/" + worst, worst, Map.of("user-agent", worst, "x-client", worst, "host", worst), null,
					new Upstream(worst, worst, worst, 1)));
		assertThat(line.length()).isBetween(500, 4_096);
		if (format == AccessLogFormat.JSON) {
			assertThat(new JsonMapper().readTree(line).path("response_code").asInt()).isEqualTo(200);
		}
		else {
			assertThat(line).endsWith(AccessRecord.CUT + "\"");
		}
	}

	@Test
	void whatWaitsIsBounded() {
		AccessRecord access = access("/" + "x".repeat(100_000), "y".repeat(100_000), Map.of(), null, null);
		assertThat(access.request().path()).hasSizeLessThanOrEqualTo(AccessRecord.MAX_PATH + 1);
		assertThat(access.request().query()).hasSizeLessThanOrEqualTo(AccessRecord.MAX_PATH + 1);
	}

	private static JsonNode json(AccessRecord access, String... headers) {
		return new JsonMapper().readTree(line(AccessLogFormat.JSON, headers).of(access));
	}

	private static AccessLine line(AccessLogFormat format, String... headers) {
		return new AccessLine(
				new AccessLogSettings("orders", new AccessLogSettings.Line(format, List.of(headers), List.of(), 4_096),
						new AccessLogSettings.Selection(List.of(), 0, 1),
						new AccessLogSettings.Queue(16, Duration.ofSeconds(1))));
	}

	private static AccessRecord access(String path, @Nullable String query, Map<String, String> headers,
			@Nullable Rejection rejection, @Nullable Upstream upstream) {
		int status = (rejection != null) ? rejection.reason().status() : 200;
		return new AccessRecord(new AccessRecord.Timing(1_767_323_045_006L, 15_900_000),
				new AccessRecord.RequestLine("GET", path, query, "HTTP/1.1"),
				new AccessRecord.Answer(status, AccessRecord.Ending.COMPLETE, 3, 1_024, rejection),
				new AccessRecord.Peers(new AccessRecord.Address("::1", 8080),
						new AccessRecord.Address("127.0.0.1", 50_000), headers),
				ORIGIN, upstream);
	}

}
