// SPDX-License-Identifier: Apache-2.0

package io.governance.configserver.directory;

import java.nio.file.Path;
import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the served directory.
 *
 * @param directory directory whose files are served
 * @param scanInterval how often the directory is looked at. A change is taken up when the
 * files have kept still for one interval
 * @param maxFileSize largest file that is read
 */
@ConfigurationProperties("governance.config-server")
public record DirectoryProperties(@DefaultValue("./config") Path directory,
		@DefaultValue("100ms") Duration scanInterval, @DefaultValue("1MB") DataSize maxFileSize) {

	/**
	 * Checks the values.
	 */
	public DirectoryProperties {
		if (scanInterval.toMillis() < 10) {
			throw new IllegalArgumentException("governance.config-server.scan-interval: " + scanInterval.toMillis()
					+ "ms (expected: 10ms or more)");
		}
		if (maxFileSize.toBytes() < 1 || maxFileSize.toMegabytes() > 64) {
			throw new IllegalArgumentException(
					"governance.config-server.max-file-size: " + maxFileSize + " (expected: up to 64MB)");
		}
	}

}
