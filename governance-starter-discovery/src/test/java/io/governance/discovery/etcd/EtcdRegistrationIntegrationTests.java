// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.etcd;

import java.nio.charset.StandardCharsets;

import io.etcd.jetcd.Client;
import io.governance.discovery.lifecycle.InstanceLifecycle;
import io.governance.discovery.lifecycle.InstanceState;
import io.governance.discovery.registration.RegistrationFailedException;
import io.governance.discovery.registration.RegistrationState;
import io.governance.embeddedconsul.EmbeddedConsul;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Registration in a real etcd.
 */
@ExtendWith(OutputCaptureExtension.class)
class EtcdRegistrationIntegrationTests extends AbstractEtcdIntegrationTests {

	@Test
	void anInstanceThatSomeoneRemovesComesBackByItself() throws Exception {
		ConfigurableApplicationContext provider = inventory("1");
		await(() -> assertThat(registration(provider).registrations()).isEqualTo(1));
		String id = entries().get(0).getKey().toString(StandardCharsets.UTF_8);
		this.client.getKVClient().delete(bytes(id)).get();
		await(() -> assertThat(registration(provider).registrations()).isEqualTo(2));
		assertThat(entries()).hasSize(1);
		this.client.getLeaseClient().revoke(entries().get(0).getLease()).get();
		await(() -> assertThat(registration(provider).registrations()).isEqualTo(3));
		assertThat(entries()).hasSize(1);
	}

	@Test
	void anInstanceOutOfServiceIsNotThereUntilItIsBackWhateverHappensToEtcd() throws Exception {
		ConfigurableApplicationContext provider = inventory("1");
		await(() -> assertThat(entries()).hasSize(1));
		InstanceLifecycle lifecycle = provider.getBean(InstanceLifecycle.class);
		lifecycle.takeOut("a look at it");
		await(() -> assertThat(lifecycle.status().state()).isEqualTo(InstanceState.OUT_OF_SERVICE));
		assertThat(entries()).isEmpty();
		assertThat(registration(provider).status().state()).isEqualTo(RegistrationState.NOT_WANTED);
		this.etcd.kill();
		this.etcd.restartEmpty();
		lifecycle.putBack();
		await(() -> assertThat(entries()).hasSize(1));
		await(() -> assertThat(registration(provider).status().state()).isEqualTo(RegistrationState.REGISTERED));
	}

	@Test
	void failFastEndsTheStartAndSaysWhatToDo(CapturedOutput output) {
		this.etcd.kill();
		assertThatExceptionOfType(RegistrationFailedException.class)
			.isThrownBy(() -> run(WebApplicationType.SERVLET, Inventory.class, "server.port=0",
					"governance.discovery.registration.fail-fast=true"))
			.withMessageContainingAll("AWAY", "no answer");
		assertThat(output.getAll()).contains("Start etcd at 127.0.0.1", "governance.discovery.etcd.endpoints");
	}

	@Test
	void aProcessRegistersInConsulToo() throws Exception {
		try (EmbeddedConsul consul = EmbeddedConsul.startOnFreePort()) {
			ConfigurableApplicationContext provider = run(WebApplicationType.SERVLET, Inventory.class,
					"spring.application.name=inventory", "server.port=0", "server.address=127.0.0.1",
					"governance.discovery.version=1", "governance.discovery.consul.host=127.0.0.1",
					"governance.discovery.consul.port=" + consul.port(),
					"governance.discovery.lifecycle.leave-delay=0s");
			await(() -> assertThat(views(provider).view("inventory").size()).isEqualTo(1));
			await(() -> assertThat(entries()).hasSize(1));
			provider.getBean(InstanceLifecycle.class).takeOut("a look at it");
			await(() -> assertThat(views(provider).view("inventory").size()).isZero());
			await(() -> assertThat(entries()).isEmpty());
			provider.getBean(InstanceLifecycle.class).putBack();
			await(() -> assertThat(views(provider).view("inventory").size()).isEqualTo(1));
			await(() -> assertThat(entries()).hasSize(1));
			provider.close();
			assertThat(entries()).isEmpty();
		}
	}

	@Test
	void aWrongPasswordIsSaidAndHealsWithoutARestart(CapturedOutput output) throws Exception {
		var auth = this.client.getAuthClient();
		auth.roleAdd(bytes("root")).get();
		auth.userAdd(bytes("root"), bytes("secret")).get();
		auth.userGrantRole(bytes("root"), bytes("root")).get();
		auth.userAdd(bytes("orders"), bytes("other")).get();
		auth.userGrantRole(bytes("orders"), bytes("root")).get();
		auth.authEnable().get();
		ConfigurableApplicationContext provider = run(WebApplicationType.SERVLET, Inventory.class,
				"spring.application.name=inventory", "server.port=0", "server.address=127.0.0.1",
				"governance.discovery.version=1", "governance.discovery.etcd.ttl=3s",
				"governance.discovery.lifecycle.leave-delay=0s", "governance.discovery.etcd.user=orders",
				"governance.discovery.etcd.password=right");
		await(() -> assertThat(registration(provider).status().state()).isEqualTo(RegistrationState.REFUSED));
		assertThat(output.getAll()).containsOnlyOnce("registration=refused").contains("authentication failed");
		try (Client root = Client.builder()
			.endpoints(this.etcd.endpoint())
			.user(bytes("root"))
			.password(bytes("secret"))
			.build()) {
			root.getAuthClient().userChangePassword(bytes("orders"), bytes("right")).get();
		}
		await(() -> assertThat(registration(provider).status().state()).isEqualTo(RegistrationState.REGISTERED));
	}

}
