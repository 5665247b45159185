// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.registration;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A registry that this process registers itself in. It remembers what it was given last;
 * for one thread, except for the name, the address, the remedy and the longest answer.
 */
public interface InstanceRegistry {

	/**
	 * Which one, for logs, health and meters.
	 * @return a name such as {@code consul}
	 */
	String name();

	/**
	 * Where it is, for people.
	 * @return hosts and ports
	 */
	String address();

	/**
	 * What to do when it does not answer, or refuses, for people.
	 * @return what to start, and which settings to correct
	 */
	String remedy();

	/**
	 * How long one answer may take.
	 * @return the time after which it is given up
	 */
	Duration longestAnswer();

	/**
	 * Makes sure that the instance is registered as it should be: sends the heartbeat
	 * where that is this process's part, and registers whatever is missing or different.
	 * An instance that is out of service must not be called: where the registry can say
	 * so it stays registered and says that, else it is removed.
	 * @param wanted the instance
	 * @param outOfService why this process is out of service; {@code null} when it is not
	 * @return where it stands now
	 * @throws RegistryException when that is not so, or not known
	 */
	Standing confirm(ServiceDefinition wanted, @Nullable String outOfService);

	/**
	 * Removes what was registered. Nothing happens when nothing was.
	 * @throws RegistryException when it is still registered
	 */
	void remove();

}
