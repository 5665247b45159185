// SPDX-License-Identifier: Apache-2.0

package io.governance.actuate;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.governance.engine.Explanation;
import io.governance.policy.Policy.Forecast;
import io.governance.policy.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * What would happen to a described call, as operators read it.
 *
 * @param revision the rule set in force
 * @param call what was taken for the call
 * @param outcome what would happen
 * @param steps the rules that apply, in the order of the chain
 * @param notApplied rules for the same service and side that do not apply, and why
 */
record ExplainedCall(String revision, Map<String, Object> call, Verdict outcome, List<Step> steps,
		List<Explanation.Other> notApplied) {

	private static final double NANOS_PER_MILLI = 1_000_000.0;

	static ExplainedCall of(DescribedCall call, Explanation explanation) {
		return new ExplainedCall(explanation.revision(), call.summary(), Verdict.of(explanation.outcome()),
				explanation.steps().stream().map(Step::of).toList(), explanation.others());
	}

	/**
	 * What would be decided.
	 *
	 * @param verdict {@code ADMIT}, {@code DELAY}, {@code QUEUE}, {@code CHANCE} or
	 * {@code REJECT}
	 * @param rule the rule that rejects; missing where none does
	 * @param reason why; missing where no rule rejects
	 * @param status the HTTP status of the answer; missing where no rule rejects
	 * @param retryAfterMillis when a new try makes sense; 0 when unknown
	 * @param waitMillis how long the call waits, at most
	 * @param rejectedShare the share of such calls that chance rejects, 0 to 1
	 * @param why the same in words
	 */
	record Verdict(Forecast.Verdict verdict, @Nullable String rule, @Nullable String reason, @Nullable Integer status,
			double retryAfterMillis, double waitMillis, double rejectedShare, String why) {

		static Verdict of(Forecast forecast) {
			Rejection rejection = forecast.rejection();
			double waitMillis = forecast.waitNanos() / NANOS_PER_MILLI;
			if (rejection == null) {
				return new Verdict(forecast.verdict(), null, null, null, 0, waitMillis, forecast.share(),
						why(forecast));
			}
			return new Verdict(forecast.verdict(), rejection.rule(), rejection.reason().name(),
					rejection.reason().status(), rejection.retryAfterNanos() / NANOS_PER_MILLI, waitMillis,
					forecast.share(), why(forecast));
		}

		private static String why(Forecast forecast) {
			Rejection rejection = forecast.rejection();
			String told = (rejection != null) ? rejection.rule() + ": " + rejection.reason() : "";
			double waitMillis = forecast.waitNanos() / NANOS_PER_MILLI;
			return switch (forecast.verdict()) {
				case ADMIT -> "nothing rejects it";
				case DELAY -> String.format(Locale.ROOT, "waits %.1f ms", waitMillis);
				case QUEUE -> String.format(Locale.ROOT, "waits up to %.1f ms, then rejected by %s", waitMillis, told);
				case CHANCE ->
					String.format(Locale.ROOT, "rejected with a share of %.1f %% by %s", forecast.share() * 100, told);
				case REJECT -> "rejected by " + told;
			};
		}

	}

	/**
	 * A rule that applies.
	 *
	 * @param rule its name, as {@code type/id}
	 * @param origin where it was written
	 * @param stage where in the chain it acts
	 * @param enforcement what it may do; in {@code SHADOW} the decision is what it would
	 * be
	 * @param reached whether the call gets there
	 * @param decision what it decides; missing for rules that decide nothing
	 * @param state its state for this call, or what it does with it
	 */
	record Step(String rule, String origin, String stage, String enforcement, boolean reached,
			@Nullable Verdict decision, String state) {

		static Step of(Explanation.Step step) {
			Forecast forecast = step.forecast();
			return new Step(step.rule(), step.origin(), step.stage().name(), step.enforcement().name(), step.reached(),
					(forecast != null) ? Verdict.of(forecast) : null, step.state());
		}

	}

}
