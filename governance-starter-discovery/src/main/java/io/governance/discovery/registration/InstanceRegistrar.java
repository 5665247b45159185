// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.registration;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Takes this instance out of a registry and puts it back. A bean of this type joins in
 * when the instance leaves, for whatever reason, before anything of it stops.
 * Implementations are thread-safe and may block; each is asked on a thread of its own.
 */
public interface InstanceRegistrar {

	/**
	 * Which registry, for logs.
	 * @return a name such as {@code consul}
	 */
	String registry();

	/**
	 * How long ago others could last find this instance there, to call it: how long
	 * callers have had to see that they should not.
	 * @return zero while they can, or may, find it; {@code null} when they never could
	 */
	@Nullable Duration sinceListed();

	/**
	 * Takes the instance out, because it stops, and keeps it out until
	 * {@link #putBack()}. Returns when the registry knows; a registry that is away may be
	 * tried again after the return.
	 */
	void takeOut();

	/**
	 * Has nobody call the instance, because an operator took it out of service; it goes
	 * on running, until {@link #putBack()} or {@link #takeOut()}. A registry that can say
	 * so keeps it and says so. Others take it out, as this does by default. Returns as
	 * {@link #takeOut()} does.
	 * @param reason why, for people
	 */
	default void outOfService(String reason) {
		takeOut();
	}

	/**
	 * Allows the instance to be called again, as one that begins anew. It is registered
	 * when it is ready for traffic.
	 */
	void putBack();

}
