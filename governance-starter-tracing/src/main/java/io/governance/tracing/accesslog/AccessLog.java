// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.accesslog;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Takes records from servers and has them written by a thread of its own. A request never
 * waits for it: when the queue is full, a record is dropped and counted. Begins before
 * and ends after the web server. Thread-safe.
 */
public final class AccessLog implements SmartLifecycle {

	/** The logger that lines are written to, at level INFO. */
	public static final String LOGGER = "io.governance.access";

	/** Outside of the web server's phases. */
	private static final int PHASE = DEFAULT_PHASE - 4096;

	private static final int ALWAYS_SAMPLED = 400;

	private final Logger logger = LoggerFactory.getLogger(LOGGER);

	private final AccessLogSettings.Selection selection;

	private final List<PathPattern> excluded;

	private final List<String> headers;

	private final AccessLogWriter writer;

	private final TimeSource time;

	/**
	 * Creates an access log that does not run yet.
	 * @param settings what is logged, and how
	 * @param time the clock
	 */
	public AccessLog(AccessLogSettings settings, TimeSource time) {
		this.selection = settings.selection();
		this.excluded = this.selection.exclude().stream().map(PathPatternParser.defaultInstance::parse).toList();
		this.headers = headers(settings.line().headers());
		this.writer = new AccessLogWriter(settings, this.logger, time);
		this.time = time;
	}

	private static List<String> headers(List<String> additions) {
		return Stream
			.concat(Stream.of(AccessLine.FORWARDED_FOR, AccessLine.USER_AGENT, AccessLine.REQUEST_ID,
					AccessLine.AUTHORITY), additions.stream().map((name) -> name.toLowerCase(Locale.ROOT)))
			.distinct()
			.toList();
	}

	/**
	 * The clock that durations are measured with.
	 */
	TimeSource time() {
		return this.time;
	}

	/**
	 * Whether a request with this status may be logged. Asked where it is not known yet
	 * how the exchange ends.
	 */
	boolean mayBeWanted(int status) {
		return this.logger.isInfoEnabled() && status >= this.selection.minStatus();
	}

	/**
	 * Whether a request is logged, as far as its answer tells. The path is looked at by
	 * {@link #isExcluded}, since servers know it in different forms.
	 */
	boolean isWanted(int status, AccessRecord.Ending ending) {
		if (!mayBeWanted(status)) {
			return false;
		}
		return this.selection.sample() >= 1 || status >= ALWAYS_SAMPLED || ending != AccessRecord.Ending.COMPLETE
				|| ThreadLocalRandom.current().nextDouble() < this.selection.sample();
	}

	/**
	 * Whether a path is not logged. One that a server might read as another is logged.
	 */
	boolean isExcluded(@Nullable String path) {
		return path != null && !this.excluded.isEmpty() && !isAmbiguous(path)
				&& isExcludedPath(PathContainer.parsePath(path));
	}

	/**
	 * Whether a path that is parsed already is not logged.
	 */
	boolean isExcluded(PathContainer path) {
		return !this.excluded.isEmpty() && !isAmbiguous(path.value()) && isExcludedPath(path);
	}

	private static boolean isAmbiguous(String path) {
		return path.indexOf('%') >= 0 || path.indexOf(';') >= 0 || path.contains("/.") || path.contains("//");
	}

	private boolean isExcludedPath(PathContainer parsed) {
		for (PathPattern pattern : this.excluded) {
			if (pattern.matches(parsed)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Takes the headers that are logged.
	 */
	Map<String, String> headers(UnaryOperator<@Nullable String> request) {
		Map<String, String> found = new HashMap<>();
		for (String name : this.headers) {
			String value = AccessRecord.cut(request.apply(name), AccessRecord.MAX_TEXT);
			if (value != null) {
				found.put(name, value);
			}
		}
		return found;
	}

	/**
	 * Takes a duration that ends now.
	 */
	AccessRecord.Timing took(long nanos) {
		return new AccessRecord.Timing(this.time.epochMillis() - nanos / 1_000_000, nanos);
	}

	/**
	 * Has a record written soon, or drops it. Never waits.
	 */
	void add(AccessRecord access) {
		this.writer.offer(access);
	}

	/**
	 * Counts a request that cannot be logged.
	 */
	void lost() {
		this.writer.lost();
	}

	/**
	 * How many lines were handed to the logger.
	 * @return a count since the start
	 */
	public long written() {
		return this.writer.written();
	}

	/**
	 * How many lines were dropped because too many waited.
	 * @return a count since the start
	 */
	public long dropped() {
		return this.writer.dropped();
	}

	/**
	 * How many lines wait to be written.
	 * @return a number, at most the size of the queue
	 */
	public int queued() {
		return this.writer.queued();
	}

	@Override
	public void start() {
		this.writer.start();
	}

	@Override
	public void stop() {
		this.writer.stop();
	}

	@Override
	public boolean isRunning() {
		return this.writer.isRunning();
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
