// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway;

import java.util.ArrayList;
import java.util.List;

import io.governance.resilience.lease.StoredLeases;
import io.governance.test.Requirement;
import io.governance.test.store.RealRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A limit of all gateways, with what is in the program alone.
 */
class GatewayClusterLimitIntegrationTests {

	@RegisterExtension
	static final Requirement REDIS = RealRedis.requirement();

	private static final int LIMIT = 10;

	private final RealRedis redis = RealRedis.start();

	private final List<TestGateway> gateways = new ArrayList<>();

	@AfterEach
	void stop() {
		this.gateways.forEach(TestGateway::close);
		this.redis.close();
	}

	private TestGateway start() {
		String rule = "governance.rules.rate-limit.all.";
		TestGateway gateway = TestGateway
			.start(List.of("spring.data.redis.host=127.0.0.1", "spring.data.redis.port=" + this.redis.port(),
					rule + "match.path=/limited", rule + "scope=cluster", rule + "limit=" + LIMIT, rule + "per=1h"));
		this.gateways.add(gateway);
		return gateway;
	}

	private static int instances(TestGateway gateway) {
		return gateway.beans(StoredLeases.class).iterator().next().instances();
	}

	@Test
	void gatewaysShareALimit() {
		List<TestGateway> both = List.of(start(), start());
		Awaitility.await().until(() -> both.stream().allMatch((gateway) -> instances(gateway) == 2));
		int admitted = 0;
		for (int i = 0; i < 4 * LIMIT; i++) {
			admitted += (both.get(i % 2).get("/limited").statusCode() == 404) ? 1 : 0;
		}
		assertThat(admitted).isBetween(LIMIT - 2, LIMIT);
		this.redis.kill();
		assertThat(both.get(0).get("/actuator/health").statusCode()).isEqualTo(200);
	}

}
