// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.fault;

import java.time.Duration;
import java.time.Instant;

import io.governance.match.Match;
import io.governance.policy.Enforcement;
import io.governance.policy.Permit.Abort;
import io.governance.rule.Rule;
import io.governance.schema.RuleField;
import org.jspecify.annotations.Nullable;

/**
 * Has a share of the calls wait, or fail.
 *
 * @param match which calls it is for
 * @param enforcement what it may do
 * @param priority which of several rules that match equally well applies: the higher one
 * @param delay how long calls are held up; {@code null} for not at all
 * @param delayShare the share of the calls that is held up, in percent; {@code maxShare}
 * when not set
 * @param abort how calls end; {@code null} where none does
 * @param abortShare the share of the calls that ends so, in percent; {@code maxShare}
 * when not set
 * @param maxShare the share of the calls of the last minute that meets a fault at most,
 * in percent; 50 by default
 * @param until when it ends; {@code null} for as long as the rule is there
 */
public record FaultRule(@RuleField("Which calls the rule is for.") Match match,
		@RuleField(value = "What the rule may do.", defaultValue = "ENFORCED") Enforcement enforcement,
		@RuleField(value = "Of several rules that match equally well the one of higher priority applies.",
				defaultValue = "0") int priority,
		@RuleField(value = "How long calls are held up.", bounds = "1ms to 1h") @Nullable Duration delay,
		@RuleField(value = "Share of the calls that is held up, in percent; max-share when not set.",
				bounds = "0 to 100") @Nullable Double delayShare,
		@RuleField(value = "How calls end: with a status, or without a response. Inbound an error status only.",
				bounds = Abort.EXPECTED) @Nullable Abort abort,
		@RuleField(value = "Share of the calls that ends so, in percent; max-share when not set.",
				bounds = "0 to 100") @Nullable Double abortShare,
		@RuleField(
				value = "Share of the calls of the last minute that meets a fault at most, in percent, whatever the other shares are.",
				defaultValue = "50", bounds = "0 to 100") Double maxShare,
		@RuleField("When it ends, such as 2026-01-31T12:00:00Z; when the rule does if not set.") @Nullable Instant until)
		implements
			Rule {

	private static final Double MAX_SHARE = 50.0;

	/**
	 * Sets the defaults.
	 */
	public FaultRule {
		match = (match != null) ? match : Match.ANY;
		enforcement = (enforcement != null) ? enforcement : Enforcement.ENFORCED;
		maxShare = (maxShare != null) ? maxShare : MAX_SHARE;
	}

	/**
	 * The share of the calls that waits, whatever the most is.
	 */
	double delayed() {
		return (this.delay != null) ? share(this.delayShare) : 0;
	}

	/**
	 * The share of the calls that fails, whatever the most is.
	 */
	double aborted() {
		return (this.abort != null) ? share(this.abortShare) : 0;
	}

	private double share(@Nullable Double own) {
		return (own != null) ? own : this.maxShare;
	}

}
