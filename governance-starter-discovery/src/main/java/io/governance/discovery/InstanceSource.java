// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

/**
 * Follows the instances of services in a registry. Nothing here may block: results come
 * through the listener, for one service one after the other, on any thread.
 */
public interface InstanceSource {

	/**
	 * Begins to follow a service. Errors are reported and tried again for ever, with the
	 * source's own back-off.
	 * @param service the service's name
	 * @param listener told of every change and of every failure
	 * @return ends the following when closed
	 */
	Following follow(String service, Listener listener);

	/**
	 * What this source is, for health details.
	 * @return a short text such as {@code consul 127.0.0.1:8500}
	 */
	String description();

	/** Is told what the registry says. */
	interface Listener {

		/**
		 * The registry answered.
		 * @param listing its answer, whole
		 */
		void listed(Listing listing);

		/**
		 * The registry did not answer, or refused.
		 * @param error why
		 */
		void failed(Throwable error);

	}

	/** A service that is being followed. */
	interface Following extends AutoCloseable {

		@Override
		void close();

	}

}
