// SPDX-License-Identifier: Apache-2.0

package io.governance.config.startup;

import org.springframework.boot.bootstrap.BootstrapRegistry;
import org.springframework.boot.bootstrap.BootstrapRegistry.InstanceSupplier;
import org.springframework.boot.bootstrap.BootstrapRegistryInitializer;
import org.springframework.cloud.config.client.ConfigServerBootstrapper.LoaderInterceptor;

/**
 * Puts our loader around the one of Spring Cloud Config's client.
 */
final class RemoteConfigInitializer implements BootstrapRegistryInitializer {

	@Override
	public void initialize(BootstrapRegistry registry) {
		registry.register(LoaderInterceptor.class, InstanceSupplier.of(new RemoteConfigLoader()));
	}

}
