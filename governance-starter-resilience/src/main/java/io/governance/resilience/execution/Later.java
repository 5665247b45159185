// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.execution;

import java.util.function.LongFunction;

import io.governance.context.CallContext;
import io.governance.execution.CallFailure;
import io.governance.execution.Failback;
import io.governance.policy.Call;
import io.governance.resilience.failback.FailedCalls;
import io.governance.resilience.failback.Resend;
import org.jspecify.annotations.Nullable;

/**
 * Has one call made again later, if it fails and its rule wants that.
 *
 * @param failback the rule's part
 * @param keeper keeps the call until then
 * @param call the call
 * @param context what it is made on behalf of
 * @param resend makes it, given how large its body may be; {@code null} where it cannot
 */
record Later(Failback failback, FailedCalls keeper, Call call, CallContext context,
		LongFunction<@Nullable Resend> resend) {

	static @Nullable Later of(@Nullable Failback failback, @Nullable FailedCalls keeper, Call call, CallContext context,
			LongFunction<@Nullable Resend> resend) {
		return (failback != null && keeper != null) ? new Later(failback, keeper, call, context, resend) : null;
	}

	/**
	 * Keeps the call.
	 * @return the id of the rule; {@code null} where it is not kept
	 */
	@Nullable String accept(CallFailure failure) {
		Resend kept = this.failback.wants(failure) ? this.resend.apply(this.failback.maxBodyBytes()) : null;
		boolean accepted = kept != null && this.keeper.accept(this.failback, this.call, this.context, kept);
		return accepted ? this.failback.rule().substring(this.failback.rule().indexOf('/') + 1) : null;
	}

}
