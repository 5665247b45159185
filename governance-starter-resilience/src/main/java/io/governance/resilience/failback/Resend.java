// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.failback;

import java.util.function.Consumer;

import io.governance.context.CallContext;
import io.governance.execution.CallFailure;

/**
 * Makes a call once more, after its caller has gone.
 */
public interface Resend {

	/**
	 * What it keeps.
	 * @return bytes of its body
	 */
	long bytes();

	/**
	 * Makes the call.
	 * @param context what it is made on behalf of
	 * @param ended is told once how it ended, on any thread
	 */
	void send(CallContext context, Consumer<CallFailure> ended);

}
