// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.outlier;

import java.util.List;

import io.governance.match.OutcomeMatch;
import io.governance.policy.Outcome;

/**
 * Judges endings by a rule's list of errors. Each attempt asks, so the answers are made
 * beforehand. Immutable.
 */
final class Verdicts {

	private static final OutcomeMatch NOT_PROCESSED = OutcomeMatch.parse("not-processed");

	/** More than a rule can name. */
	private static final int STATUSES = 600;

	private final boolean[] errorStatuses = new boolean[STATUSES];

	private final List<OutcomeMatch> errors;

	private final Verdict notProcessed;

	Verdicts(List<OutcomeMatch> errors) {
		for (int status = 0; status < STATUSES; status++) {
			this.errorStatuses[status] = OutcomeMatch.any(errors, Outcome.response(status, false, 0));
		}
		this.errors = errors;
		this.notProcessed = errors.contains(NOT_PROCESSED) ? Verdict.ERROR : Verdict.NONE;
	}

	/**
	 * Judges an ending. The caller's own doing says nothing. An instance that says that
	 * it did no work (it sheds load, or is leaving) does what it should, and the call is
	 * tried elsewhere: that is no error, unless it is named as one; and no success
	 * either, which would end a row of errors.
	 */
	Verdict of(Outcome outcome) {
		if (outcome.ignored()) {
			return Verdict.NONE;
		}
		if (outcome.notProcessed()) {
			return this.notProcessed;
		}
		if (outcome.kind() != Outcome.Kind.RESPONSE) {
			return OutcomeMatch.any(this.errors, outcome) ? Verdict.ERROR : Verdict.NONE;
		}
		int status = outcome.status();
		return (status >= 0 && status < STATUSES && this.errorStatuses[status]) ? Verdict.ERROR : Verdict.SUCCESS;
	}

}
