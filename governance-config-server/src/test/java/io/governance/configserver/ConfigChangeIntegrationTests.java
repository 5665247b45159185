// SPDX-License-Identifier: Apache-2.0

package io.governance.configserver;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.governance.config.remote.RemoteConfigStatus.Source;
import io.governance.configserver.RunningClient.Greeter;
import io.governance.configserver.RunningClient.Other;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.cloud.context.refresh.ContextRefresher;

import static io.governance.configserver.RunningClient.within;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Changes in the served directory and what a running service makes of them.
 */
class ConfigChangeIntegrationTests {

	private static final Duration PROMISE = Duration.ofSeconds(2);

	private static final Duration SOON = Duration.ofSeconds(10);

	@TempDir
	Path directory;

	@TempDir
	Path cache;

	private RunningServer server;

	private RunningClient client;

	@BeforeEach
	void start() {
		this.server = RunningServer.on(0, this.directory);
		this.server.write("application.yml", """
				greeting: all
				list: [a, b, c]
				governance.rules.rate-limit.shared:
				  limit: 10
				""");
		within(SOON).until(() -> this.serverHasTaken("application.yml"));
		this.client = RunningClient.start(this.server.address(), this.cache);
	}

	@AfterEach
	void stop() {
		this.client.close();
		this.server.close();
	}

	@Test
	void aServiceStartsWithWhatIsServed() {
		assertThat(this.client.status().source()).isEqualTo(Source.SERVER);
		assertThat(this.client.property("greeting")).isEqualTo("all");
		assertThat(this.client.ruleIds()).containsExactly("shared");
	}

	@Test
	void aSavedRuleIsInForceInUnderTwoSeconds() {
		this.server.write("orders.yml", rule("mine", "5"));
		within(PROMISE).untilAsserted(() -> assertThat(this.client.ruleIds()).containsExactly("mine", "shared"));
	}

	@Test
	void aRemovedKeyAndARemovedFileAreGone() {
		this.server.write("orders.yml", "greeting: orders\n" + rule("mine", "5"));
		within(PROMISE).untilAsserted(() -> assertThat(this.client.property("greeting")).isEqualTo("orders"));
		this.server.write("orders.yml", rule("mine", "5"));
		within(PROMISE).untilAsserted(() -> assertThat(this.client.property("greeting")).isEqualTo("all"));
		assertThat(this.client.ruleIds()).containsExactly("mine", "shared");
		this.server.delete("orders.yml");
		within(PROMISE).untilAsserted(() -> assertThat(this.client.ruleIds()).containsExactly("shared"));
	}

	@Test
	void aListIsReplacedAndNotMerged() {
		this.server.write("orders.yml", "shop.tags: [x]\nlist: [x]\n");
		within(SOON).untilAsserted(() -> assertThat(this.client.settings().getTags()).containsExactly("x"));
		this.server.write("application.yml", "shop.tags: [a, b, c]\n");
		within(SOON).untilAsserted(() -> assertThat(this.client.property("greeting")).isNull());
		assertThat(this.client.settings().getTags()).containsExactly("x");
	}

	@Test
	void aBadRuleIsRefusedWholeAndNamedWithItsOrigin() {
		this.server.write("orders.yml", "greeting: orders\n" + rule("good", "5") + rule("bad", "-5"));
		within(SOON).untilAsserted(() -> assertThat(this.client.status().violations()).isNotEmpty());
		assertThat(this.client.status().violations()).singleElement()
			.asString()
			.contains("governance.rules.rate-limit.bad.limit", "-5", "orders.yml:7:10");
		assertThat(this.client.faults()).isEqualTo(this.client.status().violations());
		assertThat(this.client.property("greeting")).isEqualTo("all");
		assertThat(this.client.ruleIds()).containsExactly("shared");
		this.server.write("orders.yml", "greeting: orders\n" + rule("good", "5"));
		within(SOON).untilAsserted(() -> assertThat(this.client.ruleIds()).containsExactly("good", "shared"));
		assertThat(this.client.status().violations()).isEmpty();
		within(SOON).untilAsserted(() -> assertThat(this.client.faults()).isEmpty());
	}

	@Test
	void anUnknownKeyAndAnUnknownTypeAreRefused() {
		this.server.write("orders.yml", """
				governance.rules:
				  rate-limit.mine:
				    limt: 5
				  rate-limt.other:
				    limit: 5
				""");
		within(SOON).untilAsserted(() -> assertThat(this.client.status().violations()).isNotEmpty());
		assertThat(String.join("\n", this.client.status().violations())).contains("limt", "rate-limt", "orders.yml:3");
		assertThat(this.client.ruleIds()).containsExactly("shared");
	}

	@Test
	void brokenYamlLeavesTheLastGoodSetAndSaysSo() {
		this.server.write("orders.yml", rule("mine", "5"));
		within(SOON).untilAsserted(() -> assertThat(this.client.ruleIds()).contains("mine"));
		this.server.write("orders.yml", "governance.rules:\n  rate-limit: [");
		within(SOON).untilAsserted(() -> assertThat(this.client.status().fault()).isNotNull());
		assertThat(this.client.status().fault()).contains("orders.yml").contains("line");
		assertThat(this.client.status().connected()).isTrue();
		assertThat(this.client.ruleIds()).containsExactly("mine", "shared");
		this.server.write("orders.yml", rule("mended", "5"));
		within(SOON).untilAsserted(() -> assertThat(this.client.ruleIds()).containsExactly("mended", "shared"));
		assertThat(this.client.status().fault()).isNull();
	}

	@Test
	void theSameFileBackAfterAFaultClearsTheFault() {
		this.server.write("orders.yml", rule("mine", "5"));
		within(SOON).untilAsserted(() -> assertThat(this.client.ruleIds()).contains("mine"));
		this.server.write("orders.yml", "a: [");
		within(SOON).untilAsserted(() -> assertThat(this.client.status().fault()).isNotNull());
		this.server.write("orders.yml", rule("mine", "5"));
		within(SOON).untilAsserted(() -> assertThat(this.client.status().fault()).isNull());
		assertThat(this.client.ruleIds()).containsExactly("mine", "shared");
	}

	@Test
	void settingsBeansAreBoundAnewAndGoBackToTheirDefaults() {
		this.server.write("orders.yml", "shop.size: 7");
		within(SOON).untilAsserted(() -> assertThat(this.client.settings().getSize()).isEqualTo(7));
		this.server.write("orders.yml", "other: 1");
		within(SOON).untilAsserted(() -> assertThat(this.client.settings().getSize()).isEqualTo(1));
	}

	@Test
	void aSettingThatDoesNotBindRefusesTheWholeSet() {
		this.server.write("orders.yml", "shop.size: many\n" + rule("mine", "5"));
		within(SOON).untilAsserted(() -> assertThat(this.client.status().violations()).isNotEmpty());
		assertThat(this.client.status().violations()).singleElement()
			.asString()
			.contains("shop.size", "many", "orders.yml:1:12");
		assertThat(this.client.settings().getSize()).isEqualTo(1);
		assertThat(this.client.ruleIds()).containsExactly("shared");
	}

	@Test
	void aChangedRecordSettingNeedsARestartAndIsNamed() {
		this.server.write("orders.yml", "fixed.size: 7");
		within(SOON).untilAsserted(() -> assertThat(this.client.status().restartNeeded()).isEqualTo(List.of("fixed")));
	}

	@Test
	void onlyRefreshScopedBeansWithChangedKeysAreMadeAnew() {
		Object before = this.client.context().getBean(Other.class).identity();
		assertThat(this.client.context().getBean(Greeter.class).greeting()).isEqualTo("all");
		this.server.write("orders.yml", "greeting: orders");
		within(SOON).untilAsserted(
				() -> assertThat(this.client.context().getBean(Greeter.class).greeting()).isEqualTo("orders"));
		assertThat(this.client.context().getBean(Other.class).identity()).isSameAs(before);
	}

	@Test
	void springCloudsRefreshDoesNotPinOldValues() {
		this.server.write("orders.yml", "greeting: orders\n" + rule("mine", "5"));
		within(SOON).untilAsserted(() -> assertThat(this.client.ruleIds()).containsExactly("mine", "shared"));
		this.client.context().getBean(ContextRefresher.class).refresh();
		assertThat(this.client.property("greeting")).isEqualTo("orders");
		assertThat(this.client.ruleIds()).containsExactly("mine", "shared");
		this.server.delete("orders.yml");
		within(SOON).untilAsserted(() -> assertThat(this.client.ruleIds()).containsExactly("shared"));
		assertThat(this.client.property("greeting")).isEqualTo("all");
	}

	@Test
	void logLevelsFollow() {
		this.server.write("orders.yml", "logging.level.some.logger: TRACE");
		within(SOON).untilAsserted(() -> assertThat(LoggerFactory.getLogger("some.logger").isTraceEnabled()).isTrue());
	}

	@Test
	void aLogLevelRuleHoldsInAllInstancesForItsTime() {
		try (RunningClient second = RunningClient.start(this.server.address(), this.cache.resolve("second"))) {
			this.server.write("orders.yml", "logging.level.com.acme.pushed: WARN");
			within(SOON).untilAsserted(() -> assertThat(pushed().isInfoEnabled()).isFalse());
			this.server.write("orders.yml", """
					logging.level.com.acme.pushed: WARN
					governance.rules.log-level.debug-orders:
					  match: {service: orders}
					  loggers: {"[com.acme.pushed]": DEBUG}
					  active-for: 4s
					""");
			within(PROMISE).untilAsserted(() -> assertThat(pushed().isDebugEnabled()).isTrue());
			within(PROMISE)
				.untilAsserted(() -> assertThat(this.client.logLevelRules()).containsExactly("log-level/debug-orders"));
			within(PROMISE)
				.untilAsserted(() -> assertThat(second.logLevelRules()).containsExactly("log-level/debug-orders"));
			within(SOON).untilAsserted(() -> assertThat(pushed().isInfoEnabled()).isFalse());
			assertThat(pushed().isWarnEnabled()).isTrue();
			assertThat(this.client.ruleIds()).contains("debug-orders");
		}
	}

	@Test
	void aLogLevelRuleThatIsRemovedReturnsTheLevel() {
		this.server.write("orders.yml", """
				governance.rules.log-level.debug-orders:
				  loggers: {"[com.acme.removed]": TRACE}
				""");
		within(PROMISE)
			.untilAsserted(() -> assertThat(LoggerFactory.getLogger("com.acme.removed").isTraceEnabled()).isTrue());
		this.server.delete("orders.yml");
		within(PROMISE)
			.untilAsserted(() -> assertThat(LoggerFactory.getLogger("com.acme.removed").isTraceEnabled()).isFalse());
	}

	private static Logger pushed() {
		return LoggerFactory.getLogger("com.acme.pushed");
	}

	@Test
	void theWatchSurvivesARestartOfTheServer() {
		this.server.close();
		within(SOON).untilAsserted(() -> assertThat(this.client.status().connected()).isFalse());
		assertThat(this.client.ruleIds()).containsExactly("shared");
		this.server.write("orders.yml", rule("mine", "5"));
		this.server.start();
		within(SOON).untilAsserted(() -> assertThat(this.client.ruleIds()).contains("mine"));
		assertThat(this.client.status().connected()).isTrue();
		this.server.write("orders.yml", rule("next", "5"));
		within(SOON).untilAsserted(() -> assertThat(this.client.ruleIds()).containsExactly("next", "shared"));
	}

	private boolean serverHasTaken(String file) {
		return this.server.serves(file);
	}

	private static String rule(String id, String limit) {
		return "---\ngovernance.rules.rate-limit." + id + ":\n  limit: " + limit + "\n";
	}

}
