// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.accesslog;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Tells the access log of a proxy where a request went. Implementations are thread-safe.
 */
@FunctionalInterface
public interface UpstreamSource {

	/** The source of a server that is no proxy. */
	UpstreamSource NONE = (attributes) -> null;

	/**
	 * Where a request went. Asked once, when its response is complete.
	 * @param attributes the attributes of the exchange
	 * @return the upstream; {@code null} for a request that is not to be passed on
	 */
	@Nullable Upstream of(Map<String, Object> attributes);

}
