// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.outlier;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

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

	private final Set<Outcome.Kind> errorKinds = EnumSet.noneOf(Outcome.Kind.class);

	private final Verdict notProcessed;

	Verdicts(List<OutcomeMatch> errors) {
		for (int status = 0; status < STATUSES; status++) {
			this.errorStatuses[status] = matches(errors, Outcome.response(status, false, 0));
		}
		for (Outcome.Kind kind : Outcome.Kind.values()) {
			if (kind != Outcome.Kind.RESPONSE && matches(errors, Outcome.failure(kind, null, 0))) {
				this.errorKinds.add(kind);
			}
		}
		this.notProcessed = errors.contains(NOT_PROCESSED) ? Verdict.ERROR : Verdict.NONE;
	}

	private static boolean matches(List<OutcomeMatch> errors, Outcome outcome) {
		return errors.stream().anyMatch((error) -> error.matches(outcome));
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
			return this.errorKinds.contains(outcome.kind()) ? Verdict.ERROR : Verdict.NONE;
		}
		int status = outcome.status();
		return (status >= 0 && status < STATUSES && this.errorStatuses[status]) ? Verdict.ERROR : Verdict.SUCCESS;
	}

}
