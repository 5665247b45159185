// SPDX-License-Identifier: Apache-2.0

package io.governance.binding;

import org.springframework.core.env.PropertySource;

/**
 * Tells what came from afar: a fault in it must not stop the start.
 */
@FunctionalInterface
public interface RemoteSources {

	/**
	 * Whether a property source came from a config server or a registry.
	 * @param source the source
	 * @return whether it is remote
	 */
	boolean isRemote(PropertySource<?> source);

}
