// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.consul;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

import io.governance.time.TimeSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A token that stands in a file, read again at most once a second: who rotates the token
 * writes the file, and the process goes on with the new one. A file that cannot be read,
 * or holds no token, leaves the last token in use; as long as none was ever read nothing
 * is sent, because a request without a token is answered with an empty list. Thread-safe.
 */
final class TokenFile implements ConsulToken {

	static final Duration LOOK_EVERY = Duration.ofSeconds(1);

	private static final Log logger = LogFactory.getLog(TokenFile.class);

	private static final int LARGEST = 4096;

	private final Path file;

	private final TimeSource time;

	private final ReentrantLock reading = new ReentrantLock();

	private volatile @Nullable Known known;

	/**
	 * Creates the token; reads nothing yet.
	 * @param file the file
	 * @param time the clock
	 */
	TokenFile(Path file, TimeSource time) {
		this.file = file;
		this.time = time;
	}

	@Override
	public String current() {
		Known now = this.known;
		if (now == null || this.time.nanoTime() - now.readNanos >= LOOK_EVERY.toNanos()) {
			now = look(now);
		}
		if (now.token == null) {
			throw new IllegalStateException(
					"token file " + this.file + ": " + now.fault + " (expected: one line with a token)");
		}
		return now.token;
	}

	private Known look(@Nullable Known before) {
		this.reading.lock();
		try {
			Known present = this.known;
			if (present != null && present != before) {
				return present;
			}
			Known next = read((before != null) ? before.token : null);
			say(before, next);
			this.known = next;
			return next;
		}
		finally {
			this.reading.unlock();
		}
	}

	private Known read(@Nullable String last) {
		long now = this.time.nanoTime();
		try {
			if (Files.size(this.file) > LARGEST) {
				return new Known(last, "larger than " + LARGEST + " bytes", now);
			}
			String text = Files.readString(this.file).strip();
			return ConsulToken.isUsable(text) ? new Known(text, null, now)
					: new Known(last, text.isEmpty() ? "empty" : "no token in it", now);
		}
		catch (IOException ex) {
			return new Known(last, "cannot be read (" + ex.getClass().getSimpleName() + ")", now);
		}
	}

	private void say(@Nullable Known before, Known next) {
		String faultBefore = (before != null) ? before.fault : null;
		if (next.fault != null && !next.fault.equals(faultBefore)) {
			logger.warn("token=unknown file=" + this.file + " reason=\"" + next.fault + "\" effect=\""
					+ ((next.token != null) ? "the last one is used" : "nothing is asked of Consul until it is known")
					+ "\"");
		}
		else if (next.fault == null && faultBefore != null) {
			logger.info("token=known file=" + this.file);
		}
		else if (before != null && !Objects.equals(before.token, next.token)) {
			logger.info("token=changed file=" + this.file);
		}
	}

	private record Known(@Nullable String token, @Nullable String fault, long readNanos) {

	}

}
