// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway;

import io.governance.test.ForkedJvm;
import io.governance.test.ReceivedRequest;
import io.governance.test.Reply;
import io.governance.test.ScriptedUpstream;
import io.governance.test.conformance.Adapter;
import io.governance.test.contract.InboundBodyContract;
import org.junit.jupiter.api.AfterAll;
import org.springframework.boot.SpringApplication;

/**
 * Large bodies through the gateway, to and from a service outside of its heap.
 */
@Adapter("gateway")
class GatewayBodiesIntegrationTests extends InboundBodyContract {

	private static final ScriptedUpstream upstream = ScriptedUpstream.start()
		.otherwise(GatewayBodiesIntegrationTests::answer);

	GatewayBodiesIntegrationTests() {
		super(Program.class, "-Dupstream=" + upstream.uri());
	}

	private static Reply answer(ReceivedRequest request) {
		return request.method().equals("PUT") ? Reply.status(200).body(String.valueOf(request.bodyBytes()))
				: Reply.status(200).body(BYTES);
	}

	@AfterAll
	static void closeUpstream() {
		upstream.close();
	}

	/**
	 * The gateway with one route and a rule, to be run in a JVM of its own.
	 */
	static final class Program {

		private Program() {
		}

		public static void main(String[] arguments) {
			String route = "--spring.cloud.gateway.server.webflux.routes[0].";
			var context = SpringApplication.run(GatewayApplication.class, "--server.port=0", route + "id=bodies",
					route + "uri=lb://bodies", route + "predicates[0]=Path=/bodies",
					"--spring.cloud.discovery.client.simple.instances.bodies[0].uri=" + System.getProperty("upstream"),
					"--governance.rules.rate-limit.all.limit=1000000");
			ForkedJvm.ready(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
		}

	}

}
