// SPDX-License-Identifier: Apache-2.0

package io.governance.policy;

import org.jspecify.annotations.Nullable;

/**
 * What an admitted call is to meet on its way, on purpose: a delay, an ending, or the one
 * after the other. Whoever runs the call carries it out, so that everything around the
 * call sees what it would see of a real one.
 *
 * @param rule the rule that wants it, as {@code type/id}
 * @param delayNanos how long the call is held up, in nanoseconds; 0 for not at all
 * @param abort how it ends then; {@code null} where it goes its way
 */
public record Fault(String rule, long delayNanos, @Nullable Abort abort) {

	/** The name of the reason that answers give. */
	public static final String REASON = "fault";

	/**
	 * How a server answers a call that is to end here. It says nothing of work that was
	 * not done: a real failure would not either.
	 * @return the answer; {@code null} where the call goes its way, or ends in no error
	 */
	public @Nullable Rejection rejection() {
		return (this.abort != null && Abort.isAnswerable(this.abort))
				? new Rejection(new Reason(REASON, this.abort.status(), false), this.rule, 0) : null;
	}

}
