// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.local;

import java.util.List;

import io.governance.answer.Answer;
import org.jspecify.annotations.Nullable;

/**
 * What a result of work depends on, and what may be given in place of it. Made per call.
 */
public interface LocalSubject {

	/**
	 * What the work is done with.
	 * @return its arguments
	 */
	List<@Nullable Object> arguments();

	/**
	 * What tells the work apart from other work of the same name.
	 * @return equal for work with the same result; {@code null} where that must not be
	 * kept
	 */
	@Nullable Object key();

	/**
	 * Whether an answer can be given in place of the work.
	 * @param answer the answer
	 * @return whether {@link #value(Answer)} gives something the work could have given
	 */
	boolean fits(Answer answer);

	/**
	 * What is given in place of the work; the values of a stream are a list.
	 * @param answer the answer
	 * @return the value; {@code null} for nothing
	 */
	@Nullable Object value(Answer answer);

}
