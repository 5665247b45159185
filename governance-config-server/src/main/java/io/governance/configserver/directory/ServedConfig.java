// SPDX-License-Identifier: Apache-2.0

package io.governance.configserver.directory;

import java.util.List;

import org.springframework.core.env.PropertySource;

/**
 * What one service is served.
 *
 * @param revision content hash of the files it comes from
 * @param documents the documents, the most important first
 * @param faults why it cannot be served; empty when it can
 */
record ServedConfig(String revision, List<PropertySource<?>> documents, List<String> faults) {

	ServedConfig {
		documents = List.copyOf(documents);
		faults = List.copyOf(faults);
	}

}
