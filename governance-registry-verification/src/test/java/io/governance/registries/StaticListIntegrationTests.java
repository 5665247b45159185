// SPDX-License-Identifier: Apache-2.0

package io.governance.registries;

import io.governance.discovery.ServiceView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;

import static io.governance.registries.Applications.port;
import static io.governance.registries.Applications.versions;
import static io.governance.registries.Applications.view;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Instances out of the application's own configuration.
 */
class StaticListIntegrationTests {

	private final Applications applications = new Applications();

	@AfterEach
	void stop() {
		this.applications.close();
	}

	@Test
	void callsGoToTheListedInstancesWithWhatIsSaidAboutThem() {
		int first = port(this.applications.inventory("1"));
		int second = port(this.applications.inventory("2"));
		String list = "spring.cloud.discovery.client.simple.instances.inventory";
		ConfigurableApplicationContext caller = this.applications.caller(list + "[0].uri=http://127.0.0.1:" + first,
				list + "[0].metadata.version=1", list + "[1].uri=http://127.0.0.1:" + second,
				list + "[1].metadata.version=2");
		assertThat(view(caller).state()).isEqualTo(ServiceView.State.LIVE);
		assertThat(versions(caller, 4)).containsExactlyInAnyOrder("1", "2", "1", "2");
		assertThat(view(caller).instances()).extracting((instance) -> instance.metadata().get("version"))
			.containsExactlyInAnyOrder("1", "2");
	}

}
