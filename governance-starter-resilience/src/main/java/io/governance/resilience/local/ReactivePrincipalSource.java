// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.local;

import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * Knows on whose behalf a subscriber asks: a bean of this type, beside a
 * {@link PrincipalSource}, which is asked where this one does not know. Thread-safe.
 */
@FunctionalInterface
public interface ReactivePrincipalSource {

	/** Nothing is known of subscribers. */
	ReactivePrincipalSource NONE = (view) -> Mono.empty();

	/**
	 * The principal of a subscriber.
	 * @param view its Reactor context
	 * @return as {@link PrincipalSource#current()}; empty where it is not known
	 */
	Mono<Object> of(ContextView view);

}
