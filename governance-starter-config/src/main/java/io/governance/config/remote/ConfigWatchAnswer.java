// SPDX-License-Identifier: Apache-2.0

package io.governance.config.remote;

import org.jspecify.annotations.Nullable;

/**
 * What a watch request ended with.
 *
 * @param kind the kind of answer
 * @param revision the new revision, for {@link Kind#CHANGED}
 */
public record ConfigWatchAnswer(Kind kind, @Nullable String revision) {

	/**
	 * Kinds of answers.
	 */
	public enum Kind {

		/** There is a revision other than the one that was named. */
		CHANGED,

		/** The wait is over and nothing has changed. */
		UNCHANGED,

		/** The server has no watch endpoint; it must be polled. */
		NOT_SUPPORTED

	}

}
