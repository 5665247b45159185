// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.local;

import org.jspecify.annotations.Nullable;

/**
 * Knows on whose behalf the current thread works, so that what is kept for one principal
 * is never given to another: a bean of this type. By default Spring Security says it
 * where it is there, and else all work is nobody's in particular. Thread-safe.
 */
@FunctionalInterface
public interface PrincipalSource {

	/** Who works on behalf of nobody. */
	Object NOBODY = "";

	/** All work is nobody's in particular. */
	PrincipalSource NONE = () -> NOBODY;

	/**
	 * The principal of the current thread.
	 * @return equal for the same principal, and immutable; {@link #NOBODY} for what is
	 * done for nobody in particular, and {@code null} where it is not known, so that
	 * nothing is kept
	 */
	@Nullable Object current();

}
