// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.e2e;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.governance.test.Requirement;
import io.governance.test.consul.ConsulBinary;
import io.governance.test.process.ServerHttp;
import io.governance.test.process.ServerProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The demo on a real Consul, with a further instance of each service that has none of our
 * starters: half of a fleet that is being changed over.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MixedFleetDemoIntegrationTests {

	@RegisterExtension
	static final Requirement CONSUL = ConsulBinary.requirement();

	private static final List<String> SERVICES = List.of("payments", "inventory", "orders", "storefront");

	private static final Path JAR = Path.of(System.getProperty("project.root"),
			"demo-apps/plain/target/demo-plain-0.1.0-SNAPSHOT.jar");

	private final Http http = new Http();

	private final List<ServerProcess> plain = new ArrayList<>();

	private Demo demo;

	@BeforeAll
	void up() {
		if (CONSUL.isMet()) {
			this.demo = new Demo("mixed", Map.of(), "--registry", "consul");
			SERVICES.forEach((service) -> this.plain.add(startPlain(service)));
		}
	}

	private ServerProcess startPlain(String service) {
		String consul = this.demo.url("registry");
		return ServerProcess.start("plain-" + service, 1,
				(directory, ports) -> List.of(System.getProperty("java.home") + "/bin/java", "-Xmx96m",
						"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", JAR.toString(),
						"--spring.application.name=" + service, "--server.address=127.0.0.1",
						"--server.port=" + ports.get(0), "--spring.cloud.consul.host=127.0.0.1",
						"--spring.cloud.consul.port=" + consul.substring(consul.lastIndexOf(':') + 1),
						"--spring.cloud.consul.discovery.instance-id=" + service + "-plain"),
				ServerHttp.ready("/actuator/health"));
	}

	@AfterAll
	void down() {
		this.plain.forEach(ServerProcess::close);
		if (this.demo != null) {
			this.demo.close();
		}
	}

	@Test
	void bothHalvesOfTheFleetServeTheSameCalls() {
		String orders = this.demo.url("gateway") + "/api/orders";
		Set<String> hops = new TreeSet<>();
		List<String> failed = new ArrayList<>();
		await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(10)).until(() -> {
			HttpResponse<String> answer = this.http.post(orders, Load.ORDER);
			if (answer.statusCode() == 201) {
				hops.addAll(hops(answer));
			}
			else {
				failed.add(answer.statusCode() + " " + answer.body());
			}
			return hops.containsAll(allHops());
		});
		assertThat(failed).isEmpty();
	}

	/** Who called whom, each with the half of the fleet that it belongs to. */
	private static Set<String> hops(HttpResponse<String> answer) {
		List<String> served = new ArrayList<>();
		Http.body(answer).get("servedBy").forEach((instance) -> served.add(half(instance.asString())));
		return Set.of("gateway > " + served.get(0), served.get(0) + " > " + served.get(1),
				served.get(1) + " > " + served.get(2), served.get(1) + " > " + served.get(3));
	}

	private static String half(String instance) {
		return instance.substring(0, instance.lastIndexOf('-')) + (instance.endsWith("-plain") ? " plain" : " ours");
	}

	private static Set<String> allHops() {
		Set<String> all = new TreeSet<>();
		for (String called : List.of(" ours", " plain")) {
			all.add("gateway > storefront" + called);
			for (String caller : List.of(" ours", " plain")) {
				all.add("storefront" + caller + " > orders" + called);
				all.add("orders" + caller + " > inventory" + called);
				all.add("orders" + caller + " > payments" + called);
			}
		}
		return all;
	}

}
