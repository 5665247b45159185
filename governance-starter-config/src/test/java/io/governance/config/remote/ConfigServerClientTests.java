// SPDX-License-Identifier: Apache-2.0

package io.governance.config.remote;

import java.io.IOException;
import java.time.Duration;

import io.governance.config.StubConfigServer;
import io.governance.config.remote.ConfigWatchAnswer.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.cloud.config.client.ConfigClientProperties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ConfigServerClientTests {

	private static final String NOWHERE = "http://127.0.0.1:1";

	private final StubConfigServer server = new StubConfigServer();

	private final ConfigServerClient client = new ConfigServerClient(StubConfigServer.settings(this.server.address()));

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void fetchesValuesWithTheirOrigins() throws Exception {
		this.server.serve(200, """
				{"version":"v1","propertySources":[
				{"name":"orders.yml (document #1)","source":{"a":{"value":7,"origin":"3:4"},"b":true,"c":null}}]}""");
		RemoteConfig config = this.client.fetch("default");
		assertThat(config.revision()).isEqualTo("v1");
		RemoteDocument document = config.documents().get(0);
		assertThat(document.values()).containsOnlyKeys("a", "b");
		assertThat(document.values().get("a").getValue()).isEqualTo(7);
		assertThat(document.values().get("a").getOrigin()).hasToString("config server orders.yml:3:4");
		assertThat(document.values().get("b").getValue()).isEqualTo(true);
		assertThat(this.server.requests()).singleElement().asString().startsWith("/orders/default ");
	}

	@Test
	void sendsWhatSpringCloudConfigIsToldToSend() throws Exception {
		ConfigClientProperties settings = StubConfigServer
			.settings(this.server.address().replace("http://", "http://joe:secret@"));
		settings.setLabel("feature/one");
		settings.setToken("t");
		ConfigServerClient own = new ConfigServerClient(settings);
		own.fetch("eu,prod");
		assertThat(this.server.requests()).singleElement()
			.isEqualTo("/orders/eu,prod/feature(_)one authorization=Basic am9lOnNlY3JldA== token=t");
		assertThat(own.addresses()).isEqualTo(this.server.address());
		assertThat(own.target("eu,prod")).isEqualTo("orders/eu,prod/feature/one");
	}

	@Test
	void asksTheNextAddressAndThenThatOneFirst() throws Exception {
		ConfigServerClient two = new ConfigServerClient(StubConfigServer.settings(NOWHERE, this.server.address()));
		two.fetch("default");
		two.fetch("default");
		assertThat(this.server.requests()).hasSize(2);
	}

	@Test
	void anAddressThatIsNotThereIsAnIoError() {
		ConfigServerClient away = new ConfigServerClient(StubConfigServer.settings(NOWHERE));
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> away.fetch("default"))
			.withMessage("cannot connect");
	}

	@ParameterizedTest
	@ValueSource(ints = { 429, 502, 503, 504 })
	void aServerThatCannotNowIsAway(int status) {
		this.server.serve(status, "");
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.client.fetch("default"))
			.withMessage("status " + status);
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 403, 404, 500 })
	void aServerThatWillNotRefuses(int status) {
		this.server.serve(status, "{\"detail\":\"orders.yml: line 3\"}");
		assertThatExceptionOfType(ConfigRefusedException.class).isThrownBy(() -> this.client.fetch("default"))
			.withMessage("status " + status + ": orders.yml: line 3");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "<html>", "{}", "[]", "{\"propertySources\":1}" })
	void somethingElseThanAConfigServerIsRefused(String body) {
		this.server.serve(200, body);
		assertThatExceptionOfType(ConfigRefusedException.class).isThrownBy(() -> this.client.fetch("default"))
			.withMessageContaining("not an answer of a config server");
	}

	@Test
	void tellsTheAnswersOfTheWatchApart() throws Exception {
		this.server.watch(200, "{\"revision\":\"r2\"}");
		assertThat(watch()).isEqualTo(new ConfigWatchAnswer(Kind.CHANGED, "r2"));
		this.server.watch(404, "");
		assertThat(watch().kind()).isEqualTo(Kind.NOT_SUPPORTED);
		this.server.watch(200, "something else");
		assertThat(watch().kind()).isEqualTo(Kind.NOT_SUPPORTED);
		this.server.watch(403, "");
		assertThatExceptionOfType(ConfigRefusedException.class).isThrownBy(this::watch);
		this.server.watch(503, "");
		assertThatExceptionOfType(IOException.class).isThrownBy(this::watch);
		assertThat(this.server.requests().get(0))
			.startsWith("/governance/watch/orders/default?wait=1000ms&revision=r1 ");
	}

	private ConfigWatchAnswer watch() throws Exception {
		return this.client.awaitChange("default", "r1", Duration.ofSeconds(1));
	}

}
