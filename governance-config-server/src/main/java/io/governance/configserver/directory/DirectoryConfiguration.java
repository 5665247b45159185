// SPDX-License-Identifier: Apache-2.0

package io.governance.configserver.directory;

import java.nio.file.Files;

import io.governance.time.TimeSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Beans of the served directory.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DirectoryProperties.class)
public class DirectoryConfiguration {

	@Bean
	ConfigDirectory configDirectory(DirectoryProperties properties, ObjectProvider<TimeSource> time) {
		if (!Files.isDirectory(properties.directory())) {
			throw new InvalidConfigurationPropertyValueException("governance.config-server.directory",
					properties.directory(), "expected: an existing directory; looked at "
							+ properties.directory().toAbsolutePath().normalize());
		}
		return new ConfigDirectory(properties.directory(), properties.maxFileSize().toBytes(),
				time.getIfAvailable(TimeSource::system));
	}

	@Bean
	DirectoryScanner configDirectoryScanner(ConfigDirectory directory, DirectoryProperties properties) {
		return new DirectoryScanner(directory, properties.scanInterval());
	}

	@Bean
	DirectoryEnvironmentRepository directoryEnvironmentRepository(ConfigDirectory directory) {
		return new DirectoryEnvironmentRepository(directory);
	}

	@Bean
	DirectoryHealthIndicator configDirectoryHealthIndicator(ConfigDirectory directory) {
		return new DirectoryHealthIndicator(directory);
	}

}
