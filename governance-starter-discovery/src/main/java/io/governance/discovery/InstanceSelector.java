// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.util.concurrent.CompletableFuture;

import io.governance.context.Attempts;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the instance for an attempt. Thread-safe.
 */
public interface InstanceSelector {

	/**
	 * Chooses an instance, notes it in {@code attempts} and counts the attempt. Waits for
	 * the first list of a service that was never called, for a bounded time; never else.
	 * @param service the service's name
	 * @param attempts what was already tried for this call, and is avoided
	 * @return the instance
	 * @throws io.governance.policy.CallRejectedException when no instance is known
	 */
	Instance select(String service, @Nullable Attempts attempts);

	/**
	 * As {@link #select}, for callers that must not block.
	 * @param service the service's name
	 * @param attempts what was already tried for this call, and is avoided
	 * @return the instance; fails with a
	 * {@link io.governance.policy.CallRejectedException} when no instance is known
	 */
	CompletableFuture<Instance> selectAsync(String service, @Nullable Attempts attempts);

	/**
	 * No connection to an instance could be made: it is avoided for a while, as long as
	 * there are others.
	 * @param instance the instance
	 */
	void connectFailed(Instance instance);

}
