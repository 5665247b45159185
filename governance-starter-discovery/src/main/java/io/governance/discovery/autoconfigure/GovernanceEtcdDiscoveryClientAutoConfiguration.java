// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import io.governance.discovery.ServiceViews;
import io.governance.discovery.etcd.EtcdConnection;
import io.governance.discovery.etcd.EtcdInstanceSource;
import io.governance.discovery.springcloud.ViewDiscoveryClient;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cloud.client.CommonsClientAutoConfiguration;
import org.springframework.cloud.client.ConditionalOnBlockingDiscoveryEnabled;
import org.springframework.cloud.client.ConditionalOnDiscoveryEnabled;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of our view as a Spring Cloud discovery client, where etcd feeds it.
 */
@AutoConfiguration(after = GovernanceDiscoveryAutoConfiguration.class, before = CommonsClientAutoConfiguration.class)
@ConditionalOnBean({ EtcdInstanceSource.class, ServiceViews.class })
@ConditionalOnDiscoveryEnabled
@ConditionalOnBlockingDiscoveryEnabled
public final class GovernanceEtcdDiscoveryClientAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ViewDiscoveryClient governanceDiscoveryClient(ServiceViews views, EtcdConnection etcd) {
		return new ViewDiscoveryClient(views, () -> etcd.services().join());
	}

}
