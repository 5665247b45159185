// SPDX-License-Identifier: Apache-2.0

package io.governance.test.consul;

import java.net.URI;

import io.governance.test.conformance.Contract;
import org.junit.jupiter.api.AfterEach;
import tools.jackson.databind.JsonNode;

/**
 * What the suite relies on in a Consul agent, as raw HTTP. The embedded registry and real
 * agents run the same scenarios and must pass them all. A subclass says where the agent
 * is.
 */
@Contract
public abstract class ConsulContract implements StatusScenarios, RegistrationScenarios, CheckScenarios,
		CatalogScenarios, HealthScenarios, ProbeScenarios, GrpcProbeScenarios, AgentHealthScenarios, BlockingScenarios,
		KeyValueScenarios, KeyValueConditionScenarios {

	/**
	 * Where the agent is.
	 * @return its address
	 */
	protected abstract URI agent();

	@Override
	public URI agentFromWithin() {
		return agent();
	}

	@Override
	public final ConsulHttp consul() {
		return new ConsulHttp(agent());
	}

	@AfterEach
	void removeEverything() {
		ConsulHttp consul = consul();
		for (String id : consul.get("/v1/agent/services").json().propertyNames()) {
			consul.put("/v1/agent/service/deregister/" + Scenario.encoded(id));
		}
		for (String id : consul.get("/v1/agent/checks").json().propertyNames()) {
			consul.put("/v1/agent/check/deregister/" + Scenario.encoded(id));
		}
		consul.delete("/v1/kv/?recurse");
		consul.await("/v1/catalog/services", (JsonNode services) -> services.size() == 1);
		consul.await("/v1/health/state/any", (JsonNode checks) -> checks.size() == 1);
	}

}
