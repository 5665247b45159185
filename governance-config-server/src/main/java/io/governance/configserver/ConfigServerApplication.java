// SPDX-License-Identifier: Apache-2.0

package io.governance.configserver;

import io.governance.configserver.directory.DirectoryConfiguration;
import io.governance.configserver.targets.TargetsConfiguration;
import io.governance.configserver.watch.WatchConfiguration;
import io.governance.configserver.web.WebConfiguration;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/**
 * The config server program.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ DirectoryConfiguration.class, WatchConfiguration.class, TargetsConfiguration.class, WebConfiguration.class })
public class ConfigServerApplication {

	/**
	 * Starts the program.
	 * @param args Spring Boot arguments
	 */
	public static void main(String[] args) {
		SpringApplication.run(ConfigServerApplication.class, args);
	}

}
