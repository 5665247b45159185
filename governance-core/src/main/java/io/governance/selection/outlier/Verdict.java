// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.outlier;

import java.util.List;

import io.governance.match.OutcomeMatch;
import io.governance.policy.Outcome;

/**
 * What the ending of an attempt says about the instance.
 */
enum Verdict {

	/** It answered. */
	SUCCESS,

	/** It failed. */
	ERROR,

	/** Nothing. */
	NONE;

	private static final OutcomeMatch NOT_PROCESSED = OutcomeMatch.parse("not-processed");

	/**
	 * Judges an ending. The caller's own doing says nothing. An instance that says that
	 * it did no work (it sheds load, or is leaving) does what it should, and the call is
	 * tried elsewhere: that is no error, unless it is named as one; and no success
	 * either, which would end a row of errors.
	 */
	static Verdict of(Outcome outcome, List<OutcomeMatch> errors) {
		if (outcome.ignored()) {
			return NONE;
		}
		if (outcome.notProcessed()) {
			return errors.contains(NOT_PROCESSED) ? ERROR : NONE;
		}
		for (OutcomeMatch error : errors) {
			if (error.matches(outcome)) {
				return ERROR;
			}
		}
		return (outcome.kind() == Outcome.Kind.RESPONSE) ? SUCCESS : NONE;
	}

}
