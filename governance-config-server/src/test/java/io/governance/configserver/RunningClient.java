// SPDX-License-Identifier: Apache-2.0

package io.governance.configserver;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.governance.binding.LiveRules;
import io.governance.config.remote.RemoteConfigState;
import io.governance.config.remote.RemoteConfigStatus;
import io.governance.engine.ActiveLogLevels;
import io.governance.engine.EffectiveRule;
import io.governance.engine.PolicyEngine;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.context.config.annotation.RefreshScope;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * A service with the config starter, in this process.
 */
final class RunningClient implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private RunningClient(ConfigurableApplicationContext context) {
		this.context = context;
	}

	static RunningClient start(String address, Path cache, String... more) {
		List<String> arguments = new ArrayList<>(
				List.of("--spring.application.name=orders", "--spring.main.banner-mode=off",
						"--spring.config.name=client", "--spring.config.import=optional:configserver:" + address,
						// the server's jar on the same class path switches the client off
						"--spring.cloud.config.enabled=true", "--governance.defaults.enabled=false",
						"--governance.config.last-known-good.directory=" + cache));
		List.of(more).forEach((argument) -> {
			String name = argument.substring(0, argument.indexOf('=') + 1);
			arguments.removeIf((known) -> known.startsWith(name));
			arguments.add(argument);
		});
		arguments.removeIf((argument) -> argument.endsWith("="));
		return new RunningClient(new SpringApplicationBuilder(Service.class).web(WebApplicationType.NONE)
			.run(arguments.toArray(String[]::new)));
	}

	ConfigurableApplicationContext context() {
		return this.context;
	}

	String property(String name) {
		return this.context.getEnvironment().getProperty(name);
	}

	List<String> ruleIds() {
		return this.context.getBean(PolicyEngine.class).effectiveRules().stream().map(EffectiveRule::id).toList();
	}

	List<String> logLevelRules() {
		return this.context.getBean(PolicyEngine.class).logLevels().stream().map(ActiveLogLevels::rule).toList();
	}

	List<String> faults() {
		return this.context.getBean(LiveRules.class).status().faults().stream().map(Object::toString).toList();
	}

	RemoteConfigStatus status() {
		return this.context.getBean(RemoteConfigState.class).status();
	}

	MutableSettings settings() {
		return this.context.getBean(MutableSettings.class);
	}

	static ConditionFactory within(Duration limit) {
		return Awaitility.await().pollInterval(Duration.ofMillis(20)).atMost(limit);
	}

	@Override
	public void close() {
		this.context.close();
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableConfigurationProperties({ MutableSettings.class, FixedSettings.class })
	static class Service {

		@Bean
		@RefreshScope
		Greeter greeter() {
			return new Greeter();
		}

		@Bean
		@RefreshScope
		Other other() {
			return new Other();
		}

	}

	@ConfigurationProperties("shop")
	static class MutableSettings {

		private int size = 1;

		private List<String> tags = List.of();

		public int getSize() {
			return this.size;
		}

		public void setSize(int size) {
			this.size = size;
		}

		public List<String> getTags() {
			return this.tags;
		}

		public void setTags(List<String> tags) {
			this.tags = tags;
		}

	}

	@ConfigurationProperties("fixed")
	record FixedSettings(int size) {

	}

	static class Greeter {

		@Value("${greeting:none}")
		private String greeting;

		public String greeting() {
			return this.greeting;
		}

	}

	static class Other {

		@Value("${other:none}")
		private String other;

		private final Object identity = new Object();

		public String other() {
			return this.other;
		}

		public Object identity() {
			return this.identity;
		}

	}

}
