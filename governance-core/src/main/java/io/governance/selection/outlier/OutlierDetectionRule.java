// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.outlier;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.governance.match.Match;
import io.governance.match.OutcomeMatch;
import io.governance.policy.Enforcement;
import io.governance.rule.Rule;
import io.governance.schema.RuleField;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out instances that fail.
 *
 * @param match which service it is for
 * @param enforcement what it may do
 * @param priority breaks ties between equally specific rules
 * @param errors what endings are errors; connect, reset, timeout, 500, 502, 503, 504 by
 * default
 * @param consecutiveErrors errors in a row that eject at once; 5 by default, 0 for never
 * @param errorShare percent of errors in an interval that ejects; 50 by default, 0 for
 * never
 * @param slowCall how long a slow attempt takes, at least; none is slow when not set
 * @param slowShare percent of slow attempts in an interval that ejects; 50 by default
 * @param minimumRequests attempts there must be in the interval; 20 by default
 * @param interval how long attempts are counted; 5 s by default
 * @param baseEjectionTime how long an instance is left out the first time; 30 s by
 * default
 * @param maxEjectionTime the longest it is left out; 300 s by default
 * @param maxEjected percent of the instances that are left out, at most; 50 by default
 * @param panicThreshold percent of usable instances below which all are used; 50 by
 * default, 0 for never
 */
public record OutlierDetectionRule(@RuleField("Which service the rule is for.") Match match,
		@RuleField(value = "What the rule may do.", defaultValue = "ENFORCED") Enforcement enforcement,
		@RuleField(value = "Breaks ties between equally specific rules.", defaultValue = "0") int priority,
		@RuleField(value = "What endings of attempts are errors: " + OutcomeMatch.EXPECTED + ".",
				defaultValue = "connect, reset, timeout, 500, 502, 503, 504") List<OutcomeMatch> errors,
		@RuleField(value = "Errors in a row that eject at once; 0 for never.", defaultValue = "5",
				bounds = "0 to 1000") Integer consecutiveErrors,
		@RuleField(value = "Share of errors in an interval that ejects, in percent; 0 for never.", defaultValue = "50",
				bounds = "0 to 100") Integer errorShare,
		@RuleField(value = "How long a slow attempt takes, at least; none is slow when not set.",
				bounds = "1ms to 1h") @Nullable Duration slowCall,
		@RuleField(value = "Share of slow attempts in an interval that ejects, in percent.", defaultValue = "50",
				bounds = "1 to 100") Integer slowShare,
		@RuleField(value = "Attempts there must be in an interval for shares to count.", defaultValue = "20",
				bounds = "1 to 1000000") Integer minimumRequests,
		@RuleField(value = "How long attempts are counted for shares.", defaultValue = "5s",
				bounds = "100ms to 10m") Duration interval,
		@RuleField(value = "How long an instance is left out the first time; longer each time it must be again.",
				defaultValue = "30s", bounds = "100ms to 1h") Duration baseEjectionTime,
		@RuleField(value = "How long an instance is left out, at most.", defaultValue = "5m",
				bounds = "base-ejection-time to 1d") Duration maxEjectionTime,
		@RuleField(value = "Share of the instances that are left out, at most, in percent; one if there are two.",
				defaultValue = "50", bounds = "1 to 100") Integer maxEjected,
		@RuleField(value = "Share of usable instances below which all are used, in percent; 0 for never.",
				defaultValue = "50", bounds = "0 to 100") Integer panicThreshold)
		implements
			Rule {

	private static final List<OutcomeMatch> ERRORS = Stream
		.of("connect", "reset", "timeout", "500", "502", "503", "504")
		.map(OutcomeMatch::parse)
		.toList();

	/**
	 * Sets the defaults.
	 */
	public OutlierDetectionRule {
		match = (match != null) ? match : Match.ANY;
		enforcement = (enforcement != null) ? enforcement : Enforcement.ENFORCED;
		errors = (errors != null && !errors.isEmpty()) ? List.copyOf(errors) : ERRORS;
		consecutiveErrors = (consecutiveErrors != null) ? consecutiveErrors : Integer.valueOf(5);
		errorShare = (errorShare != null) ? errorShare : Integer.valueOf(50);
		slowShare = (slowShare != null) ? slowShare : Integer.valueOf(50);
		minimumRequests = (minimumRequests != null) ? minimumRequests : Integer.valueOf(20);
		interval = (interval != null) ? interval : Duration.ofSeconds(5);
		baseEjectionTime = (baseEjectionTime != null) ? baseEjectionTime : Duration.ofSeconds(30);
		maxEjectionTime = (maxEjectionTime != null) ? maxEjectionTime : Duration.ofMinutes(5);
		maxEjected = (maxEjected != null) ? maxEjected : Integer.valueOf(50);
		panicThreshold = (panicThreshold != null) ? panicThreshold : Integer.valueOf(50);
	}

	boolean detectsLike(OutlierDetectionRule other) {
		return forAnyService().equals(other.forAnyService());
	}

	private OutlierDetectionRule forAnyService() {
		return new OutlierDetectionRule(Match.ANY, Enforcement.ENFORCED, 0, this.errors, this.consecutiveErrors,
				this.errorShare, this.slowCall, this.slowShare, this.minimumRequests, this.interval,
				this.baseEjectionTime, this.maxEjectionTime, this.maxEjected, this.panicThreshold);
	}

}
