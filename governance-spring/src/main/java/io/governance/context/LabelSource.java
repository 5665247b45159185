// SPDX-License-Identifier: Apache-2.0

package io.governance.context;

import org.jspecify.annotations.Nullable;

/**
 * Gives the labels of the current call: baggage, where tracing is there. Implementations
 * are thread-safe.
 */
@FunctionalInterface
public interface LabelSource {

	/** Knows no label. */
	LabelSource NONE = (key) -> null;

	/**
	 * The value of a label of the call that the current thread works for.
	 * @param key the label's key
	 * @return the value; {@code null} where there is none
	 */
	@Nullable String label(String key);

}
