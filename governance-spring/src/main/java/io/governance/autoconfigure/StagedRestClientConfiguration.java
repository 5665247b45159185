// SPDX-License-Identifier: Apache-2.0

package io.governance.autoconfigure;

import io.governance.client.RequestFactoryStage;
import io.governance.client.RequestFactoryStages;
import io.governance.client.StagedRestClientGroups;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;

/**
 * Configuration of what puts every {@link RequestFactoryStage} around the blocking
 * clients. Imported by the auto-configurations that carry out calls, and there as long as
 * one of them is; a stage alone, such as the one of spans, does not ask for it.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(RestClient.class)
public final class StagedRestClientConfiguration {

	@Bean
	@ConditionalOnMissingBean
	static RequestFactoryStages governanceRequestFactoryStages(ObjectProvider<RequestFactoryStage> stages,
			ListableBeanFactory beans) {
		return new RequestFactoryStages(stages, beans);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(RestClientHttpServiceGroupConfigurer.class)
	static class GroupConfiguration {

		@Bean
		@ConditionalOnMissingBean
		StagedRestClientGroups governanceStagedRestClientGroups(RequestFactoryStages stages) {
			return new StagedRestClientGroups(stages);
		}

	}

}
