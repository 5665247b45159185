// SPDX-License-Identifier: Apache-2.0

package io.governance.binding;

import java.util.List;

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

	/**
	 * The rules from afar have a fault and the local ones do not: shows the last good
	 * rules from afar instead, if there are any, or none. Called once, at the start.
	 */
	default void fallBack() {
	}

	/**
	 * Several as one.
	 * @param all the sources of what comes from afar
	 * @return one that speaks for all
	 */
	static RemoteSources of(List<RemoteSources> all) {
		List<RemoteSources> copy = List.copyOf(all);
		return new RemoteSources() {

			@Override
			public boolean isRemote(PropertySource<?> source) {
				return copy.stream().anyMatch((remote) -> remote.isRemote(source));
			}

			@Override
			public void fallBack() {
				copy.forEach(RemoteSources::fallBack);
			}

		};
	}

}
