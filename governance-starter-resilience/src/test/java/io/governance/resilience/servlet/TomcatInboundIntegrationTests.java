// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.servlet;

import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

import io.governance.resilience.InboundServers;
import io.governance.test.conformance.Adapter;
import io.governance.test.contract.InboundFixture;
import io.governance.test.contract.InboundServer;
import io.governance.test.contract.InboundSetup;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The inbound contract on Tomcat.
 */
@Adapter("Servlet on Tomcat")
class TomcatInboundIntegrationTests extends ServletInboundContract {

	@Override
	protected InboundServer start(InboundSetup setup) {
		return InboundServers.TOMCAT.start(setup, ServletContractApplication.class);
	}

	@Test
	void overHttp2TheAnswerEndsWhileTheHandlerIsAtWork() throws Exception {
		HttpClient client = HttpClient.newBuilder().version(Version.HTTP_2).build();
		try (InboundFixture fixture = fixtureWith(Map.of("server.http2.enabled", "true"))) {
			fixture.apply();
			fixture.gate().shut();
			try {
				assertThat(client.send(fixture.request("/hello").build(), BodyHandlers.ofString()).version())
					.isEqualTo(Version.HTTP_2);
				HttpResponse<String> late = client.send(fixture.request("/held", TIMEOUT_MILLIS, "100").build(),
						BodyHandlers.ofString());
				assertThat(late.statusCode()).isEqualTo(504);
				assertThat(late.version()).isEqualTo(Version.HTTP_2);
				assertThat(late.body()).contains("deadline-exceeded").endsWith("}");
			}
			finally {
				fixture.gate().open();
			}
		}
	}

}
