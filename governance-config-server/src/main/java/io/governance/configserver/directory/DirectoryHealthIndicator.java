// SPDX-License-Identifier: Apache-2.0

package io.governance.configserver.directory;

import java.util.List;
import java.util.Objects;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Down while the directory cannot be read. A faulty file is a detail: the other services
 * are still served.
 */
final class DirectoryHealthIndicator implements HealthIndicator {

	private final ConfigDirectory directory;

	DirectoryHealthIndicator(ConfigDirectory directory) {
		this.directory = directory;
	}

	@Override
	public Health health() {
		ConfigDirectory.State state = this.directory.state();
		List<String> faults = state.snapshot()
			.files()
			.values()
			.stream()
			.map(ConfigFile::fault)
			.filter(Objects::nonNull)
			.toList();
		Health.Builder health = (state.fault() == null) ? Health.up()
				: Health.down().withDetail("fault", state.fault());
		health.withDetail("directory", this.directory.path().toString())
			.withDetail("files", state.snapshot().files().size());
		if (!faults.isEmpty()) {
			health.withDetail("faultyFiles", faults);
		}
		return health.build();
	}

}
