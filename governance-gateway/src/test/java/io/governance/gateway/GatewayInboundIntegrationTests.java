// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway;

import java.util.ArrayList;
import java.util.List;

import io.governance.engine.PolicyEngine;
import io.governance.lease.LeaseStore;
import io.governance.test.conformance.Adapter;
import io.governance.test.contract.InboundContract;
import io.governance.test.contract.InboundServer;
import io.governance.test.contract.InboundSetup;
import io.governance.test.contract.StreamGate;
import io.governance.time.TimeSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The inbound contract for the gateway program. What can be proxied is proxied; handlers
 * that are to throw, or to look at their context, are handlers in the gateway.
 */
@Adapter("gateway")
class GatewayInboundIntegrationTests extends InboundContract {

	/** Problem bodies are compared whole, and tracing puts its id there. */
	private static final String NO_TRACING = "spring.autoconfigure.exclude="
			+ "org.springframework.boot.micrometer.tracing.brave.autoconfigure.BraveAutoConfiguration";

	@Override
	protected InboundServer start(InboundSetup setup) {
		ContractUpstream upstream = ContractUpstream.start(setup.gate());
		String route = "spring.cloud.gateway.server.webflux.routes[0].";
		String cors = "spring.cloud.gateway.server.webflux.globalcors.cors-configurations.[/cors].allowed-origins=";
		List<String> arguments = new ArrayList<>(
				List.of("server.port=0", "spring.main.banner-mode=off", "logging.level.root=warn", NO_TRACING,
						// one value per property: the command line joins what is said
						// twice
						"governance.trusted-callers="
								+ setup.properties().getOrDefault("governance.trusted-callers", "127.0.0.0/8,::1/128"),
						route + "id=upstream", route + "uri=lb://upstream",
						route + "predicates[0]=Path=/hello,/me,/cors,/fail,/stream,/held*,/endless", cors + ALLOWED,
						TestGateway.instance("upstream", 0, upstream.uri())));
		ConfigurableApplicationContext context = new SpringApplicationBuilder(GatewayApplication.class,
				TestGateway.OwnResources.class, ContractHandlers.class)
			.initializers((starting) -> {
				GenericApplicationContext registry = (GenericApplicationContext) starting;
				registry.registerBean(TimeSource.class, setup::time);
				registry.registerBean(StreamGate.class, setup::gate);
				registry.registerBean(LeaseStore.class, setup::leases);
			})
			.run(arguments.stream().map((argument) -> "--" + argument).toArray(String[]::new));
		int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
		return new InboundServer(port, context.getBean(PolicyEngine.class), () -> {
			context.close();
			upstream.close();
		});
	}

}
