// SPDX-License-Identifier: Apache-2.0

package io.governance.autoconfigure;

import io.governance.context.TrustedCallers;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of trust between processes.
 */
@AutoConfiguration
@EnableConfigurationProperties(TrustedCallersProperties.class)
public final class GovernanceTrustAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	TrustedCallers governanceTrustedCallers(TrustedCallersProperties properties) {
		return new TrustedCallers(properties.trustedCallers());
	}

}
