// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.dns;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.governance.discovery.Instance;
import io.governance.test.consul.RealConsul;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers of a real Consul that live for a while: that is how long they are believed.
 */
class DnsTtlIntegrationTests {

	private static final int SECONDS = 7;

	@RegisterExtension
	static final RealConsul consul = RealConsul.agentWithDnsTtl(SECONDS);

	private final DnsLookup lookup = new DnsLookup(
			new DnsServers(List.of(new InetSocketAddress("127.0.0.1", consul.dnsPort())), true, Duration.ofSeconds(5))
				.resolver(),
			Runnable::run);

	@Test
	void anAnswerIsBelievedAsLongAsItsRecordsLive() {
		register("orders-1", "10.0.0.1");
		register("orders-2", "10.0.0.2");
		for (DnsRecords records : List.of(DnsRecords.SRV, DnsRecords.A)) {
			DnsServiceName where = new DnsServiceName("orders.service.consul", records, 8080, false, Map.of());
			Awaitility.await().atMost(Duration.ofSeconds(15)).ignoreExceptions().untilAsserted(() -> {
				DnsAnswer answer = this.lookup.ask("orders", where).join();
				assertThat(answer.instances()).extracting(Instance::host)
					.containsExactlyInAnyOrder("10.0.0.1", "10.0.0.2");
				assertThat(answer.ttlSeconds()).as("%s", records).isEqualTo(SECONDS);
			});
		}
	}

	private static void register(String id, String address) {
		assertThat(consul.http().put("/v1/agent/service/register", """
				{"ID": "%s", "Name": "orders", "Address": "%s", "Port": 8080}
				""".formatted(id, address)).status()).isEqualTo(200);
	}

}
