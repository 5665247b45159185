// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.autoconfigure;

import io.governance.tracing.client.AttemptSpans;
import io.governance.tracing.client.AttemptStage;
import io.governance.tracing.client.WebClientAttempts;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

class GovernanceTracingAttemptAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(GovernanceTracingAttemptAutoConfiguration.class))
		.withBean(Tracer.class, () -> Tracer.NOOP)
		.withBean(Propagator.class, () -> Propagator.NOOP);

	@Test
	void suppliesTheSpansOfAttempts() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(AttemptSpans.class)
			.hasSingleBean(AttemptStage.class)
			.hasSingleBean(WebClientAttempts.class));
	}

	@Test
	void clientsThatMakeNoAttemptsHaveNoLayer() {
		ClientHttpRequestFactory factory = new SimpleClientHttpRequestFactory();
		this.contextRunner.run((context) -> {
			AttemptStage stage = context.getBean(AttemptStage.class);
			assertThat(stage.wrap(factory, false)).isSameAs(factory);
			assertThat(stage.wrap(factory, true)).isNotSameAs(factory);
		});
		this.contextRunner.withPropertyValues("governance.resilience.outbound.hosts[0]=api.example.com")
			.run((context) -> assertThat(context.getBean(AttemptStage.class).wrap(factory, false))
				.isNotSameAs(factory));
	}

	@Test
	void backsOffForTheApplicationsOwn() {
		this.contextRunner.withBean("own", AttemptSpans.class, () -> new AttemptSpans(Tracer.NOOP, Propagator.NOOP))
			.run((context) -> assertThat(context).getBeanNames(AttemptSpans.class).containsExactly("own"));
	}

	@Test
	void isOffWhereAPropertySaysSo() {
		for (String off : new String[] { "governance.tracing.enabled=false",
				"governance.tracing.attempts.enabled=false" }) {
			this.contextRunner.withPropertyValues(off)
				.run((context) -> assertThat(context).doesNotHaveBean(AttemptSpans.class)
					.doesNotHaveBean(AttemptStage.class));
		}
	}

	@Test
	void leavesOutTheClientThatIsNotThere() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(WebClient.class))
			.run((context) -> assertThat(context).hasSingleBean(AttemptStage.class)
				.doesNotHaveBean(WebClientAttempts.class));
		this.contextRunner.withClassLoader(new FilteredClassLoader(RestClient.class))
			.run((context) -> assertThat(context).hasSingleBean(WebClientAttempts.class)
				.doesNotHaveBean(AttemptStage.class));
	}

}
