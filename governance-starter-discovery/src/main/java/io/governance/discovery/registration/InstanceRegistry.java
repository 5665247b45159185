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

	/**
	 * Where this instance stands in a registry that has just said so.
	 *
	 * @param state registered, in maintenance, unhealthy, or not wanted
	 * @param reason why others do not call it; {@code null} when they do
	 * @param anew whether the registry did not have it before
	 */
	record Standing(RegistrationState state, @Nullable String reason, boolean anew) {

		/**
		 * The standing of an instance that others call.
		 * @param anew whether the registry did not have it before
		 * @return the standing
		 */
		public static Standing registered(boolean anew) {
			return new Standing(RegistrationState.REGISTERED, null, anew);
		}

		/**
		 * The standing of an instance that is out of service, in a registry that knows no
		 * word for that.
		 * @return the standing
		 */
		public static Standing removed() {
			return new Standing(RegistrationState.NOT_WANTED, null, false);
		}

	}

}
