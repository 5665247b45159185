// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import com.netflix.discovery.EurekaClient;
import io.governance.discovery.eureka.EurekaContact;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of what tells an Eureka client that lost its registry from one whose
 * answers are confirmed.
 */
@AutoConfiguration
@ConditionalOnClass(EurekaClient.class)
@ConditionalOnProperty(name = "governance.discovery.enabled", matchIfMissing = true)
public final class GovernanceEurekaAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	EurekaContact governanceEurekaContact(ObjectProvider<EurekaClient> eureka) {
		return new EurekaContact(eureka);
	}

}
