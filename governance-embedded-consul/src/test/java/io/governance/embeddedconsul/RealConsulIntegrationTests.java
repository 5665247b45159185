// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul;

import java.io.UncheckedIOException;

import io.governance.test.consul.ConsulHttp;
import io.governance.test.consul.RealConsul;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What tests elsewhere rely on in the extension.
 */
class RealConsulIntegrationTests {

	@RegisterExtension
	static final RealConsul open = RealConsul.agent();

	@RegisterExtension
	static final RealConsul guarded = RealConsul.agentWithAcl();

	@Test
	void comesBackEmptyOnTheSamePortAfterAStopAndAKill() {
		int port = open.port();
		open.http().put("/v1/kv/key", "value");
		open.stop();
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> open.http().get("/v1/kv/key"));
		open.start();
		assertThat(open.port()).isEqualTo(port);
		assertThat(open.http().get("/v1/kv/key").status()).isEqualTo(404);
		open.kill();
		open.start();
		assertThat(open.http().put("/v1/agent/service/register", "{\"Name\": \"web\"}").status()).isEqualTo(200);
	}

	@Test
	void refusesThoseWithoutAToken() {
		ConsulHttp stranger = new ConsulHttp(guarded.uri());
		assertThat(stranger.put("/v1/agent/service/register", "{\"Name\": \"web\"}").status()).isEqualTo(403);
		assertThat(stranger.get("/v1/health/service/consul").json()).isEmpty();
		assertThat(guarded.http().put("/v1/agent/service/register", "{\"Name\": \"web\"}").status()).isEqualTo(200);
		assertThat(guarded.token()).hasSize(36);
	}

}
