// SPDX-License-Identifier: Apache-2.0

package io.governance.observation.loglevel;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import io.governance.match.Match;
import io.governance.policy.Enforcement;
import io.governance.rule.Rule;
import io.governance.schema.RuleField;
import org.jspecify.annotations.Nullable;

/**
 * Sets log levels for a time.
 *
 * @param match the service it is for; nothing else may be set
 * @param enforcement what it may do
 * @param priority which of several rules that name a logger applies: the higher one
 * @param loggers levels by logger or group of loggers
 * @param activeFor how long, from when a process takes the rule; 15 m when no time is set
 * @param until when it ends, if that is earlier
 */
public record LogLevelRule(
		@RuleField("The service that the rule is for; all services without one. No other condition may be set.") Match match,
		@RuleField(value = "What the rule may do.", defaultValue = "ENFORCED") Enforcement enforcement,
		@RuleField(value = "Of several rules that name a logger the one of higher priority applies.",
				defaultValue = "0") int priority,
		@RuleField(value = "Levels by the name of a logger, of ROOT, or of a group of loggers (web, sql, your own).",
				bounds = "TRACE, DEBUG, INFO, WARN, ERROR, OFF", required = true) Map<String, Level> loggers,
		@RuleField(value = "How long, from when a process takes the rule; 15m when until is not set either.",
				bounds = "1s to 24h") @Nullable Duration activeFor,
		@RuleField("When it ends, if that is earlier, such as 2026-01-31T12:00:00Z; 24h after a process took it at the latest.") @Nullable Instant until)
		implements
			Rule {

	/** How much is logged. */
	public enum Level {

		/** Everything. */
		TRACE,
		/** What helps to find a fault. */
		DEBUG,
		/** What happens. */
		INFO,
		/** What should not happen. */
		WARN,
		/** What failed. */
		ERROR,
		/** Nothing. */
		OFF

	}

	/**
	 * Sets the defaults. The same levels must print the same in every process: revisions
	 * are made of it.
	 */
	public LogLevelRule {
		match = (match != null) ? match : Match.ANY;
		enforcement = (enforcement != null) ? enforcement : Enforcement.ENFORCED;
		loggers = (loggers != null) ? Collections.unmodifiableMap(new TreeMap<>(loggers)) : Map.of();
	}

	boolean hasSameLevelsAs(LogLevelRule other) {
		return this.loggers.equals(other.loggers) && this.enforcement == other.enforcement
				&& Objects.equals(this.activeFor, other.activeFor) && Objects.equals(this.until, other.until);
	}

}
