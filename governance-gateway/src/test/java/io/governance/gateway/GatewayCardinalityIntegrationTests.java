// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import ch.qos.logback.classic.Logger;
import io.governance.test.load.CardinalityCheck;
import io.governance.test.load.DistinctRequests;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What callers send decides neither how many series the gateway has, nor how much heap:
 * through a route, and where there is none.
 */
class GatewayCardinalityIntegrationTests {

	private final Logger access = (Logger) LoggerFactory.getLogger("io.governance.access");

	/**
	 * The lines are made all the same, but no console gets all of them. A start makes the
	 * loggers anew.
	 */
	private void writeNoLines() {
		this.access.setAdditive(false);
	}

	@AfterEach
	void writeLinesAgain() {
		this.access.setAdditive(true);
		this.access.setLevel(null);
	}

	@Test
	void seriesAndHeapStayWhateverCallersSend() {
		DisposableServer upstream = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle((request, response) -> response.header("content-length", "2").sendString(Mono.just("ok")))
			.bindNow();
		try (TestGateway gateway = TestGateway.start(properties(upstream))) {
			writeNoLines();
			isBounded(new CardinalityCheck(gateway.port(), new DistinctRequests("/orders/", "/nothing/")).run());
		}
		finally {
			upstream.disposeNow();
		}
	}

	private static void isBounded(List<String> scraped) {
		assertThat(scraped).filteredOn((line) -> line.startsWith("spring_cloud_gateway_requests_seconds_count"))
			.isNotEmpty()
			.hasSizeLessThan(20)
			.allMatch((line) -> line.contains("route_id=\"orders\""));
		assertThat(scraped).filteredOn((line) -> line.startsWith("http_"))
			.noneMatch((line) -> line.contains("METHOD") || line.contains("/orders/1"));
		assertThat(scraped)
			.filteredOn((line) -> line.startsWith("istio_requests_total") && line.contains("source_workload=\"caller-"))
			.hasSizeBetween(90, 300);
		assertThat(scraped)
			.anyMatch((line) -> line.startsWith("istio_requests_total") && line.contains("reporter=\"source\"")
					&& line.contains("destination_service=\"orders\""))
			.anyMatch((line) -> line.startsWith("governance_access_log") && !line.endsWith(" 0.0"))
			// the rule was asked
			.anyMatch((line) -> line.startsWith("governance_decisions_total")
					&& line.contains("rule_type=\"rate-limit\"") && line.contains("decision=\"overflow\""));
	}

	private static List<String> properties(DisposableServer upstream) {
		List<String> properties = new ArrayList<>(TestGateway.route(0, "orders", "lb://orders"));
		properties.add(TestGateway.instance("orders", 0, URI.create("http://127.0.0.1:" + upstream.port())));
		properties.addAll(List.of("governance.trusted-callers=127.0.0.1/32",
				"governance.tracing.baggage=lane,user-group", "governance.tracing.metrics.istio.enabled=true",
				"governance.tracing.access-log.enabled=true",
				"governance.rules.sampling.users.match.headers.x-user.prefix=user-1",
				"governance.rules.sampling.users.parent=ignore", "governance.rules.sampling.users.ratio=0.1",
				"governance.rules.rate-limit.users.key=header:x-user",
				"governance.rules.rate-limit.users.limit=1000000", "governance.rules.rate-limit.users.max-keys=1000"));
		return properties;
	}

}
