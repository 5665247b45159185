// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.governance.test.consul.ConsulBinary;
import io.governance.test.consul.ConsulHttp;
import io.governance.test.Requirement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The real command against the embedded registry.
 */
class ConsulCommandIntegrationTests {

	@RegisterExtension
	static final Requirement command = ConsulBinary.requirement();

	private final EmbeddedConsul consul = new EmbeddedConsul(EmbeddedConsulSettings.onFreePort());

	@BeforeEach
	void start() {
		this.consul.start();
	}

	@AfterEach
	void stop() {
		this.consul.close();
	}

	@Test
	void membersListsTheNode() {
		assertThat(consul("members")).containsPattern("embedded +127\\.0\\.0\\.1:8301 +alive +server +1\\.8\\.7");
	}

	@Test
	void catalogListsServicesAndNodes() {
		new ConsulHttp(this.consul.uri()).put("/v1/agent/service/register", "{\"Name\": \"web\", \"Tags\": [\"a\"]}");
		assertThat(consul("catalog", "services").lines()).containsExactly("consul", "web");
		assertThat(consul("catalog", "services", "-tags")).containsPattern("web +a");
		assertThat(consul("catalog", "nodes")).containsPattern("embedded +[0-9a-f]{8} +127\\.0\\.0\\.1 +dc1");
		assertThat(consul("catalog", "datacenters").strip()).isEqualTo("dc1");
	}

	@Test
	void valuesArePutGotAndDeleted() {
		assertThat(consul("kv", "put", "dir/key", "value")).contains("Success! Data written to: dir/key");
		assertThat(consul("kv", "put", "-flags=42", "dir/other", "value 2")).contains("Success!");
		assertThat(consul("kv", "get", "dir/key").strip()).isEqualTo("value");
		assertThat(consul("kv", "get", "-recurse", "dir/").lines()).containsExactly("dir/key:value",
				"dir/other:value 2");
		assertThat(consul("kv", "get", "-keys", "-separator=/", "").strip()).isEqualTo("dir/");
		assertThat(consul("kv", "get", "-detailed", "dir/other")).containsPattern("Flags +42");
		assertThat(consul("kv", "delete", "dir/key")).contains("Success! Deleted key: dir/key");
		assertThat(consul("kv", "get", "dir/key")).contains("Error! No key exists at: dir/key");
		assertThat(consul("kv", "delete", "-recurse", "dir/")).contains("Success!");
		assertThat(consul("kv", "export", "").strip()).isEqualTo("[]");
	}

	@Test
	void aServiceIsRegisteredTakenOutAndDeregistered() {
		assertThat(consul("services", "register", "-name=shop", "-port=80")).contains("Registered service: shop");
		assertThat(consul("maint", "-enable", "-service=shop", "-reason=repair")).contains("now enabled");
		assertThat(consul("maint")).contains("repair");
		assertThat(consul("maint", "-disable", "-service=shop")).contains("now disabled");
		assertThat(consul("services", "deregister", "-id=shop")).contains("Deregistered service: shop");
	}

	@Test
	void aWatchSeesAChange() {
		new ConsulHttp(this.consul.uri()).put("/v1/kv/watched", "value");
		assertThat(consul("watch", "-type=key", "-key=watched")).contains("\"Key\": \"watched\"");
	}

	private String consul(String... arguments) {
		List<String> line = new ArrayList<>(List.of(ConsulBinary.find().orElseThrow().toString()));
		line.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
		builder.environment().put("CONSUL_HTTP_ADDR", this.consul.uri().toString());
		try {
			Process process = builder.start();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
			return output;
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError(ex);
		}
	}

}
