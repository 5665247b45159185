// SPDX-License-Identifier: Apache-2.0

package io.governance.configserver;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.governance.config.remote.RemoteConfigStatus.Source;
import io.governance.time.TimeSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.cloud.config.client.ConfigClientFailFastException;

import static io.governance.configserver.RunningClient.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Starts with the server there, away, late and serving nonsense.
 */
class ConfigStartIntegrationTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private static final String RULE = "governance.rules.rate-limit.mine.limit: 5\n";

	private static final String BAD_RULE = "governance.rules.rate-limit.mine.limit: -5\n";

	@TempDir
	Path directory;

	@TempDir
	Path cache;

	private RunningServer server;

	private RunningClient client;

	@AfterEach
	void stop() {
		if (this.client != null) {
			this.client.close();
		}
		if (this.server != null) {
			this.server.close();
		}
	}

	@Test
	void startsWithTheServerAwayAndTakesTheConfigUpWhenItComes() throws IOException {
		int port = freePort();
		this.client = RunningClient.start("http://127.0.0.1:" + port, this.cache);
		assertThat(this.client.status().source()).isEqualTo(Source.NONE);
		assertThat(this.client.status().connected()).isFalse();
		assertThat(this.client.ruleIds()).isEmpty();
		this.server = RunningServer.on(port, this.directory);
		this.server.write("orders.yml", "greeting: hello\n" + RULE);
		within(SOON).untilAsserted(() -> assertThat(this.client.ruleIds()).containsExactly("mine"));
		assertThat(this.client.property("greeting")).isEqualTo("hello");
		assertThat(this.client.status().source()).isEqualTo(Source.SERVER);
	}

	@Test
	void aServerThatDoesNotAnswerDelaysTheStartByABoundedTime() throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			long before = TimeSource.system().nanoTime();
			this.client = RunningClient.start("http://127.0.0.1:" + silent.getLocalPort(), this.cache,
					"--spring.profiles.active=dev");
			Duration taken = Duration.ofNanos(TimeSource.system().nanoTime() - before);
			assertThat(this.client.status().source()).isEqualTo(Source.NONE);
			assertThat(taken).isLessThan(Duration.ofSeconds(7));
		}
	}

	@Test
	void startsWithTheLastAcceptedSetWhileTheServerIsAway() throws IOException {
		serve("greeting: hello\nlist: [a, b]\nnumber: 7\n" + RULE);
		this.client = RunningClient.start(this.server.address(), this.cache);
		this.server.write("orders.yml", "greeting: newer\nlist: [a, b]\nnumber: 7\n" + RULE);
		within(SOON).untilAsserted(() -> assertThat(this.client.property("greeting")).isEqualTo("newer"));
		within(SOON).until(() -> Files.readString(file()).contains("newer"));
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file()))).isEqualTo("rw-------");
		this.client.close();
		this.server.close();
		this.client = RunningClient.start(this.server.address(), this.cache);
		assertThat(this.client.status().source()).isEqualTo(Source.LAST_KNOWN_GOOD);
		assertThat(this.client.property("greeting")).isEqualTo("newer");
		assertThat(this.client.property("list[1]")).isEqualTo("b");
		assertThat(this.client.context().getEnvironment().getProperty("number", Integer.class)).isEqualTo(7);
		assertThat(this.client.ruleIds()).containsExactly("mine");
	}

	@Test
	void aFileThatIsTooOldIsNotUsed() {
		serve(RULE);
		this.client = RunningClient.start(this.server.address(), this.cache);
		this.client.close();
		this.server.close();
		this.client = RunningClient.start(this.server.address(), this.cache,
				"--governance.config.last-known-good.max-age=1ms");
		assertThat(this.client.status().source()).isEqualTo(Source.NONE);
	}

	@Test
	void nothingIsKeptWhenTheFileIsSwitchedOff() throws IOException {
		serve(RULE);
		this.client = RunningClient.start(this.server.address(), this.cache,
				"--governance.config.last-known-good.enabled=false");
		try (Stream<Path> files = Files.list(this.cache)) {
			assertThat(files).isEmpty();
		}
	}

	@Test
	void aBadRemoteRuleDoesNotStopTheStartAndLeavesOnlyTheRulesOut() {
		serve("greeting: hello\n" + BAD_RULE);
		this.client = RunningClient.start(this.server.address(), this.cache);
		assertThat(this.client.ruleIds()).isEmpty();
		assertThat(this.client.property("greeting")).isEqualTo("hello");
		assertThat(this.client.status().refusedRevision()).isNotNull();
		assertThat(this.client.faults()).singleElement().asString().contains("orders.yml:2:41", "-5");
		this.server.write("orders.yml", "greeting: hello\n" + RULE);
		within(SOON).untilAsserted(() -> assertThat(this.client.ruleIds()).containsExactly("mine"));
		assertThat(this.client.status().refusedRevision()).isNull();
		within(SOON).untilAsserted(() -> assertThat(this.client.faults()).isEmpty());
	}

	@Test
	void aBadRemoteRuleAtTheStartFallsBackToTheLastGoodRules() {
		serve("greeting: hello\n" + RULE);
		this.client = RunningClient.start(this.server.address(), this.cache);
		this.client.close();
		serve("greeting: newer\n" + BAD_RULE);
		this.client = RunningClient.start(this.server.address(), this.cache);
		assertThat(this.client.ruleIds()).containsExactly("mine");
		assertThat(this.client.property("greeting")).isEqualTo("newer");
		assertThat(this.client.status().refusedRevision()).isNotNull();
		assertThat(this.client.faults()).isNotEmpty();
	}

	@Test
	void aBadLocalRuleStopsTheStart() {
		serve(RULE);
		assertThatExceptionOfType(Exception.class)
			.isThrownBy(() -> RunningClient.start(this.server.address(), this.cache,
					"--governance.rules.rate-limit.local.limit=-1"))
			.havingRootCause()
			.withMessageContaining("governance.rules.rate-limit.local.limit: -1");
	}

	@Test
	void brokenYamlAtTheStartIsAServerThatDoesNotServe() {
		serve("a: [");
		this.client = RunningClient.start(this.server.address(), this.cache);
		assertThat(this.client.status().source()).isEqualTo(Source.NONE);
		assertThat(this.client.status().fault()).contains("orders.yml");
		this.server.write("orders.yml", RULE);
		within(SOON).untilAsserted(() -> assertThat(this.client.ruleIds()).containsExactly("mine"));
	}

	@Test
	void profilesAreAskedForAndRankAsSpringRanksThem() {
		this.server = RunningServer.on(0, this.directory);
		this.server.write("application.yml", "a: all\nb: all\nc: all\n");
		this.server.write("orders.yml", "b: orders\nc: orders\n");
		this.server.write("orders-dev.yml", "c: dev\n");
		this.server.write("orders-default.yml", "a: default\n");
		within(SOON).until(() -> this.server.serves("orders-default.yml"));
		this.client = RunningClient.start(this.server.address(), this.cache, "--spring.profiles.active=dev");
		assertThat(List.of("a", "b", "c").stream().map(this.client::property)).containsExactly("all", "orders", "dev");
		this.server.write("orders-dev.yml", "c: next\n");
		within(SOON).untilAsserted(() -> assertThat(this.client.property("c")).isEqualTo("next"));
		this.server.delete("orders-dev.yml");
		within(SOON).untilAsserted(() -> assertThat(this.client.property("c")).isEqualTo("orders"));
	}

	@Test
	void aServiceIsServedByItsNameThoughTheImportIsReadBeforeTheNameIs() throws IOException {
		serve("greeting: hello\n");
		Path files = Files.createDirectory(this.cache.resolve("service"));
		Files.writeString(files.resolve("client.yml"), "spring.application.name: orders\n");
		this.client = RunningClient.start(this.server.address(), this.cache, "--spring.application.name=",
				"--spring.config.location=" + files + "/");
		assertThat(this.client.property("greeting")).isEqualTo("hello");
	}

	@Test
	void anImportInTheServicesOwnFileWinsOverTheFileAndNotOverArguments() throws IOException {
		serve("a: remote\nb: remote\nc: remote\n");
		Path files = Files.createDirectory(this.cache.resolve("service"));
		Files.writeString(files.resolve("client.yml"), """
				spring:
				  application.name: orders
				  config.import: "optional:configserver:%s"
				a: local
				b: local
				""".formatted(this.server.address()));
		this.client = RunningClient.start(this.server.address(), this.cache, "--spring.application.name=",
				"--spring.config.import=", "--spring.config.location=" + files + "/", "--b=argument");
		assertThat(List.of("a", "b", "c").stream().map(this.client::property)).containsExactly("remote", "argument",
				"remote");
		this.server.write("orders.yml", "b: newer\nc: newer\n");
		within(SOON).untilAsserted(() -> assertThat(this.client.property("c")).isEqualTo("newer"));
		assertThat(List.of("a", "b").stream().map(this.client::property)).containsExactly("local", "argument");
	}

	@Test
	void anImportThatIsNotOptionalStopsTheStartWithoutAServer() throws IOException {
		String address = "http://127.0.0.1:" + freePort();
		assertThatExceptionOfType(ConfigClientFailFastException.class)
			.isThrownBy(
					() -> RunningClient.start(address, this.cache, "--spring.config.import=configserver:" + address))
			.withMessageContaining(address);
	}

	private void serve(String text) {
		if (this.server == null) {
			this.server = RunningServer.on(0, this.directory);
		}
		String before = this.server.revision();
		this.server.write("orders.yml", text);
		within(SOON).until(() -> !this.server.revision().equals(before));
	}

	private Path file() throws IOException {
		try (Stream<Path> files = Files.list(this.cache)) {
			return files.filter((file) -> file.toString().endsWith(".json")).findFirst().orElseThrow();
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

}
