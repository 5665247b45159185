// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul;

import java.net.URI;
import java.util.Optional;

import io.governance.test.conformance.Adapter;
import io.governance.test.conformance.NotApplicable;
import io.governance.test.consul.ConsulContract;
import io.governance.test.Requirement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * Needs an image on this machine, named by CONSUL_IMAGE: pulling one could take minutes
 * only to fail.
 */
@Adapter("Consul in a container")
class ContainerConsulContractIntegrationTests extends ConsulContract {

	private static final String IMAGE = System.getenv().getOrDefault("CONSUL_IMAGE", "");

	@RegisterExtension
	static final Requirement docker = new Requirement("docker",
			() -> IMAGE.isEmpty()
					? Optional.of("CONSUL_IMAGE names no image with Consul; scripts/test starts Docker and builds one")
					: Optional.empty());

	private static GenericContainer<?> container;

	@BeforeAll
	static void start() {
		if (docker.isMet()) {
			container = new GenericContainer<>(DockerImageName.parse(IMAGE)).withImagePullPolicy((image) -> false)
				.withCommand("agent", "-dev", "-client=0.0.0.0")
				.withExposedPorts(8500)
				.waitingFor(Wait.forHttp("/v1/health/service/consul?passing")
					.forResponsePredicate((body) -> body.contains("serfHealth")));
			container.start();
		}
	}

	@AfterAll
	static void stop() {
		if (container != null) {
			container.stop();
		}
	}

	@Override
	public URI agentFromWithin() {
		return URI.create("http://127.0.0.1:8500");
	}

	@Override
	protected URI agent() {
		return URI.create("http://" + container.getHost() + ":" + container.getMappedPort(8500));
	}

	@Override
	@NotApplicable("A server in the container does not reach the one of the test.")
	public void aGrpcCheckFollowsTheHealthOfTheServer() {
	}

}
