// SPDX-License-Identifier: Apache-2.0

package io.governance.client;

import io.governance.context.CallContext;
import reactor.util.context.ContextView;

/**
 * Finds what a subscriber works on behalf of.
 */
public final class SubscriberContext {

	private SubscriberContext() {
	}

	/**
	 * What a subscriber works on behalf of.
	 * @param view the subscriber's Reactor context
	 * @return the {@link CallContext} there, or else the current thread's
	 */
	public static CallContext of(ContextView view) {
		return view.hasKey(CallContext.KEY) ? view.get(CallContext.KEY) : CallContext.current();
	}

}
