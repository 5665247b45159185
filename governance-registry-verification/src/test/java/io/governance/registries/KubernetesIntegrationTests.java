// SPDX-License-Identifier: Apache-2.0

package io.governance.registries;

import java.util.HashMap;
import java.util.Map;

import io.fabric8.kubernetes.api.model.EndpointsBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.governance.discovery.Instance;
import io.governance.discovery.ServiceView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

import static io.governance.registries.Applications.await;
import static io.governance.registries.Applications.awaitInstances;
import static io.governance.registries.Applications.status;
import static io.governance.registries.Applications.view;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Instances out of fabric8's mock of Kubernetes' API: no cluster was at hand.
 */
class KubernetesIntegrationTests {

	private static final String NAMESPACE = "shop";

	private final KubernetesMockServer server = new KubernetesMockServer(new Context(), new MockWebServer(),
			new HashMap<>(), new KubernetesCrudDispatcher(), false);

	private final Applications applications = new Applications("spring.main.cloud-platform=kubernetes",
			"spring.cloud.kubernetes.client.namespace=" + NAMESPACE, "governance.discovery.view.poll-interval=500ms");

	private KubernetesClient client;

	private ConfigurableApplicationContext caller;

	@BeforeEach
	void start() {
		this.server.init();
		this.client = this.server.createClient();
		service(Map.of("version", "1", "topology.kubernetes.io/zone", "a"));
		endpoints(new String[] { "10.0.0.1", "10.0.0.2" }, new String[] { "10.0.0.3" });
		this.caller = this.applications.caller((context) -> ((GenericApplicationContext) context)
			.registerBean(KubernetesClient.class, () -> this.server.createClient()));
	}

	@AfterEach
	void stop() {
		this.applications.close();
		this.client.close();
		this.server.destroy();
	}

	@Test
	void readyEndpointsAreListedWithTheServicesLabels() {
		awaitInstances(this.caller, 2);
		assertThat(view(this.caller).instances()).extracting(Instance::address)
			.containsExactlyInAnyOrder("10.0.0.1:8080", "10.0.0.2:8080");
		assertThat(view(this.caller).instances()).allSatisfy(
				(instance) -> assertThat(instance.metadata()).containsEntry("version", "1").containsEntry("zone", "a"));
	}

	@Test
	void aPodThatIsNotReadyAnyMoreIsNotCalled() {
		awaitInstances(this.caller, 2);
		endpoints(new String[] { "10.0.0.2" }, new String[] { "10.0.0.1" });
		awaitInstances(this.caller, 1);
		assertThat(view(this.caller).instances()).extracting(Instance::host).containsExactly("10.0.0.2");
	}

	@Test
	void anApiServerThatDiesKeepsTheList() {
		awaitInstances(this.caller, 2);
		this.server.destroy();
		await(() -> {
			assertThat(status(this.caller).state()).isEqualTo(ServiceView.State.STALE);
			assertThat(status(this.caller).age()).isPositive();
		});
		assertThat(view(this.caller).size()).isEqualTo(2);
	}

	private void service(Map<String, String> labels) {
		this.client.services()
			.inNamespace(NAMESPACE)
			.resource(new ServiceBuilder().withNewMetadata()
				.withName("inventory")
				.withNamespace(NAMESPACE)
				.withLabels(labels)
				.endMetadata()
				.withNewSpec()
				.withType("ClusterIP")
				.addNewPort()
				.withName("http")
				.withPort(80)
				.endPort()
				.endSpec()
				.build())
			.create();
	}

	private void endpoints(String[] ready, String[] notReady) {
		EndpointsBuilder endpoints = new EndpointsBuilder().withNewMetadata()
			.withName("inventory")
			.withNamespace(NAMESPACE)
			.endMetadata();
		var subset = endpoints.addNewSubset().addNewPort().withName("http").withPort(8080).endPort();
		for (String address : ready) {
			subset = subset.addNewAddress()
				.withIp(address)
				.withNewTargetRef()
				.withUid(address)
				.endTargetRef()
				.endAddress();
		}
		for (String address : notReady) {
			subset = subset.addNewNotReadyAddress().withIp(address).endNotReadyAddress();
		}
		this.client.endpoints()
			.inNamespace(NAMESPACE)
			.resource(subset.endSubset().build())
			.createOr((present) -> present.update());
	}

}
