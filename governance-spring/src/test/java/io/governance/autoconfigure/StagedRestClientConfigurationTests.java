// SPDX-License-Identifier: Apache-2.0

package io.governance.autoconfigure;

import io.governance.client.RequestFactoryStage;
import io.governance.client.RequestFactoryStages;
import io.governance.client.StagedRestClientGroups;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StagedRestClientConfiguration}.
 */
class StagedRestClientConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(One.class, Other.class));

	@Test
	void isThereOnceForAllThatImportIt() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(RequestFactoryStages.class)
			.hasSingleBean(StagedRestClientGroups.class));
	}

	@Test
	void isThereForAsLongAsOneOfThemIs() {
		for (String off : new String[] { "one", "other" }) {
			this.contextRunner.withPropertyValues(off + "=false")
				.run((context) -> assertThat(context).hasSingleBean(RequestFactoryStages.class)
					.hasSingleBean(StagedRestClientGroups.class));
		}
		this.contextRunner.withPropertyValues("one=false", "other=false")
			.run((context) -> assertThat(context).doesNotHaveBean(RequestFactoryStages.class)
				.doesNotHaveBean(StagedRestClientGroups.class));
	}

	@Test
	void backsOffOnTheUsersBeans() {
		this.contextRunner.withUserConfiguration(OwnStages.class).run((context) -> {
			assertThat(context).getBeanNames(RequestFactoryStages.class).containsExactly("ownStages");
			assertThat(context).getBeanNames(StagedRestClientGroups.class).containsExactly("ownGroups");
		});
	}

	@Test
	void needsNoRestClient() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(RestClient.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean("governanceRequestFactoryStages")
				.doesNotHaveBean("governanceStagedRestClientGroups"));
	}

	@Test
	void needsNoHttpServiceGroups() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(RestClientHttpServiceGroupConfigurer.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasBean("governanceRequestFactoryStages")
				.doesNotHaveBean("governanceStagedRestClientGroups"));
	}

	@AutoConfiguration
	@ConditionalOnBooleanProperty(name = "one", matchIfMissing = true)
	@Import(StagedRestClientConfiguration.class)
	static final class One {

	}

	@AutoConfiguration
	@ConditionalOnBooleanProperty(name = "other", matchIfMissing = true)
	@Import(StagedRestClientConfiguration.class)
	static final class Other {

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnStages {

		@Bean
		static RequestFactoryStages ownStages(ObjectProvider<RequestFactoryStage> stages, ListableBeanFactory beans) {
			return new RequestFactoryStages(stages, beans);
		}

		@Bean
		StagedRestClientGroups ownGroups(RequestFactoryStages stages) {
			return new StagedRestClientGroups(stages);
		}

	}

}
