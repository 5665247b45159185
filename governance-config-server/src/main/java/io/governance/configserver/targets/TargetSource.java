// SPDX-License-Identifier: Apache-2.0

package io.governance.configserver.targets;

import java.util.List;

import io.governance.discovery.Instance;

/** Knows all registered instances, healthy or not. May block. */
interface TargetSource {

	/**
	 * Asks the registry.
	 * @return all instances of all services
	 * @throws RuntimeException when the registry does not answer
	 */
	List<Instance> instances();

}
