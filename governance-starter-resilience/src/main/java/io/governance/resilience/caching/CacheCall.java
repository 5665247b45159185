// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.caching;

import io.governance.context.CallContext;
import io.governance.context.LabelSource;
import io.governance.policy.Call;
import io.governance.policy.Direction;
import org.jspecify.annotations.Nullable;

/**
 * A question to a cache, as the rules see it.
 *
 * @param service the name of the cache
 * @param subject its key
 * @param owner who asks; {@code null} where nobody knows
 * @param context what it is asked on behalf of
 * @param labels gives the labels of the current call
 */
record CacheCall(String service, Object subject, @Nullable Object owner, CallContext context,
		LabelSource labels) implements Call {

	/** Tells rules for caches from those for methods of the same name. */
	private static final String METHOD = "CACHE";

	@Override
	public Direction direction() {
		return Direction.OUTBOUND;
	}

	@Override
	public String method() {
		return METHOD;
	}

	@Override
	public String path() {
		return "/";
	}

	@Override
	public @Nullable String header(String name) {
		return null;
	}

	@Override
	public @Nullable String query(String name) {
		return null;
	}

	@Override
	public @Nullable String label(String name) {
		String label = this.context.labels().get(name);
		return (label != null) ? label : this.labels.label(name);
	}

	@Override
	public boolean isLocal() {
		return true;
	}

}
