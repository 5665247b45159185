// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import feign.Capability;
import feign.Client;
import io.governance.autoconfigure.GovernanceAutoConfiguration;
import io.governance.client.FeignTargets;
import io.governance.discovery.ScriptedSource;
import io.governance.discovery.client.FeignLoadBalancing;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.openfeign.FeignClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GovernanceFeignAutoConfiguration}.
 */
class GovernanceFeignAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(GovernanceAutoConfiguration.class,
				GovernanceDiscoveryAutoConfiguration.class, GovernanceFeignAutoConfiguration.class))
		.withBean(ScriptedSource.class);

	@Test
	void suppliesTheStageAndAClientToSendRequests() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(FeignLoadBalancing.class)
			.hasSingleBean(FeignTargets.class)
			.hasSingleBean(Client.class));
	}

	@Test
	void backsOffForTheUsersOwn() {
		Client own = new Client.Default(null, null);
		this.contextRunner.withBean("ownClient", Client.class, () -> own)
			.withBean("ownStage", FeignLoadBalancing.class, () -> new FeignLoadBalancing(null, null, null, null))
			.run((context) -> {
				assertThat(context).getBean(Client.class).isSameAs(own);
				assertThat(context).getBeanNames(FeignLoadBalancing.class).containsExactly("ownStage");
			});
	}

	@Test
	void needsOpenFeign() {
		for (Class<?> missing : new Class<?>[] { Capability.class, FeignClient.class }) {
			this.contextRunner.withClassLoader(new FilteredClassLoader(missing))
				.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("governanceFeignLoadBalancing"));
		}
	}

	@Test
	void isOffWhenSwitchedOff() {
		for (String property : new String[] { "governance.discovery.enabled",
				"governance.discovery.load-balancer.enabled" }) {
			this.contextRunner.withPropertyValues(property + "=false")
				.run((context) -> assertThat(context).hasNotFailed()
					.doesNotHaveBean(FeignLoadBalancing.class)
					.doesNotHaveBean(Client.class));
		}
	}

	@Test
	void aClientIsWrappedOnce() {
		FeignLoadBalancing stage = new FeignLoadBalancing(null, null, null, null);
		Client plain = new Client.Default(null, null);
		Client balanced = stage.enrich(plain);
		assertThat(balanced).isNotSameAs(plain);
		assertThat(stage.enrich(balanced)).isSameAs(balanced);
	}

}
