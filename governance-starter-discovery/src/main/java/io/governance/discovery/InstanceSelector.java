// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.util.concurrent.CompletableFuture;

import io.governance.context.Attempts;
import io.governance.policy.Call;
import io.governance.policy.CallRejectedException;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.selection.Copy;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the instance for an attempt, as the rules say. Thread-safe.
 */
public interface InstanceSelector {

	/**
	 * Chooses an instance of the called service, notes it in {@code attempts} and counts
	 * the attempt, which begins now. Waits for the first list of a service that was never
	 * called, for a bounded time; never else.
	 * @param call the call
	 * @param attempts what was already tried for this call, and is avoided, and where the
	 * rules send it; {@code null} for a call of one attempt
	 * @return the instance, to be told exactly once how the attempt ended
	 * @throws io.governance.policy.CallRejectedException when there is no instance that
	 * may take the call
	 */
	SelectedInstance select(Call call, @Nullable Attempts attempts);

	/**
	 * As {@link #select}, for callers that must not block. Cancelling the future gives
	 * the attempt up.
	 * @param call the call
	 * @param attempts what was already tried for this call, and is avoided, and where the
	 * rules send it; {@code null} for a call of one attempt
	 * @return the instance; fails with a
	 * {@link io.governance.policy.CallRejectedException} when there is none that may take
	 * the call
	 */
	CompletableFuture<SelectedInstance> selectAsync(Call call, @Nullable Attempts attempts);

	/**
	 * Chooses an instance for a copy of a call. Never blocks. The copy is no attempt, and
	 * nobody is to be told what becomes of it; only the turns of the algorithm go on.
	 * @param copy the copy
	 * @param call the call
	 * @return the instance; fails with a
	 * {@link io.governance.policy.CallRejectedException} when there is none that may take
	 * the copy, as it does by default
	 */
	default CompletableFuture<Instance> selectCopy(Copy copy, Call call) {
		return CompletableFuture
			.failedFuture(new CallRejectedException(copy.service(), Rejection.of(Reason.NO_INSTANCE)));
	}

}
