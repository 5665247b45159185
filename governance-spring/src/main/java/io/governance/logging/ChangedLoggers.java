// SPDX-License-Identifier: Apache-2.0

package io.governance.logging;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.governance.engine.ActiveLogLevels;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggerConfiguration;
import org.springframework.boot.logging.LoggerGroup;
import org.springframework.boot.logging.LoggerGroups;
import org.springframework.boot.logging.LoggingSystem;

/**
 * The loggers whose level was changed, and what they had before. What somebody else sets
 * meanwhile is what they had before; what somebody else sets last is left as it is. Not
 * thread-safe.
 */
final class ChangedLoggers {

	private static final Logger logger = LoggerFactory.getLogger(LiveLogLevels.class);

	private final LoggingSystem logging;

	private final LoggerGroups groups;

	private final Map<String, Change> changes = new TreeMap<>();

	ChangedLoggers(LoggingSystem logging, LoggerGroups groups) {
		this.logging = logging;
		this.groups = groups;
	}

	void update(List<ActiveLogLevels> rules) {
		Map<String, Wanted> wanted = new LinkedHashMap<>();
		rules.forEach((rule) -> loggers(rule).forEach(wanted::putIfAbsent));
		this.changes.entrySet().removeIf((changed) -> {
			boolean over = !wanted.containsKey(changed.getKey());
			if (over) {
				giveBack(changed.getKey(), changed.getValue());
			}
			return over;
		});
		wanted.forEach(this::set);
	}

	/**
	 * What is said of a logger itself comes before what is said of its group.
	 */
	private Map<String, Wanted> loggers(ActiveLogLevels rule) {
		Map<String, Wanted> loggers = new TreeMap<>();
		Map<String, Wanted> members = new TreeMap<>();
		rule.levels().forEach((name, level) -> {
			Wanted wanted = new Wanted(rule.rule(), LogLevel.valueOf(level), rule.untilMillis());
			LoggerGroup group = this.groups.get(name);
			if (group != null && group.hasMembers()) {
				group.getMembers().forEach((member) -> members.put(member, wanted));
			}
			else {
				loggers.put(
						LoggingSystem.ROOT_LOGGER_NAME.equalsIgnoreCase(name) ? LoggingSystem.ROOT_LOGGER_NAME : name,
						wanted);
			}
		});
		members.forEach(loggers::putIfAbsent);
		return loggers;
	}

	private void set(String name, Wanted wanted) {
		Change change = this.changes.get(name);
		LogLevel now = configured(name);
		boolean ours = change != null && now == change.wanted().level();
		Change next = new Change(wanted, (change != null && ours) ? change.before() : now);
		this.changes.put(name, next);
		if (now != wanted.level()) {
			this.logging.setLogLevel(name, wanted.level());
		}
		if (!next.equals(change)) {
			logger.info("log level set: rule={} logger={} level={} before={} until={}", wanted.rule(), name,
					wanted.level(), describe(next.before()), Instant.ofEpochMilli(wanted.untilMillis()));
		}
	}

	private void giveBack(String name, Change change) {
		LogLevel now = configured(name);
		if (now != change.wanted().level()) {
			logger.info("log level left as somebody else set it: rule={} logger={} level={}", change.wanted().rule(),
					name, describe(now));
			return;
		}
		this.logging.setLogLevel(name, change.before());
		logger.info("log level returned: rule={} logger={} level={}", change.wanted().rule(), name,
				describe(change.before()));
	}

	private @Nullable LogLevel configured(String name) {
		LoggerConfiguration configuration = this.logging.getLoggerConfiguration(name);
		return (configuration != null) ? configuration.getConfiguredLevel() : null;
	}

	private static String describe(@Nullable LogLevel level) {
		return (level != null) ? level.name() : "inherited";
	}

	private record Wanted(String rule, LogLevel level, long untilMillis) {
	}

	private record Change(Wanted wanted, @Nullable LogLevel before) {
	}

}
