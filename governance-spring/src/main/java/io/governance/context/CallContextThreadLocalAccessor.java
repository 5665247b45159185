// SPDX-License-Identifier: Apache-2.0

package io.governance.context;

import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Lets Micrometer carry the {@link CallContext} across threads. Found by the service
 * loader.
 */
public final class CallContextThreadLocalAccessor implements ThreadLocalAccessor<CallContext> {

	@Override
	public Object key() {
		return CallContext.KEY;
	}

	@Override
	public @Nullable CallContext getValue() {
		return CallContext.get();
	}

	@Override
	public void setValue(CallContext value) {
		CallContext.set(value);
	}

	@Override
	public void setValue() {
		CallContext.set(null);
	}

}
