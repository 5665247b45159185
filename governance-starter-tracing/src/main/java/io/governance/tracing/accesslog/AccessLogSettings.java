// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.accesslog;

import java.time.Duration;
import java.util.List;

/**
 * What is logged, and how. Immutable.
 *
 * @param service the name of this service
 * @param line how a line looks
 * @param selection which requests are logged
 * @param queue how lines wait to be written
 */
public record AccessLogSettings(String service, Line line, Selection selection, Queue queue) {

	/**
	 * How a line looks.
	 *
	 * @param format its format
	 * @param headers request headers that are logged besides those of the format
	 * @param mask words that make a parameter or header secret, besides the built-in ones
	 * @param maxLength the longest line, in characters
	 */
	public record Line(AccessLogFormat format, List<String> headers, List<String> mask, int maxLength) {

		/**
		 * Copies the lists.
		 */
		public Line {
			headers = List.copyOf(headers);
			mask = List.copyOf(mask);
		}

	}

	/**
	 * Which requests are logged.
	 *
	 * @param exclude path patterns that are not logged
	 * @param minStatus the lowest HTTP status that is logged
	 * @param sample the part of requests with a status below 400 that is logged, 0 to 1
	 */
	public record Selection(List<String> exclude, int minStatus, double sample) {

		/**
		 * Copies the list.
		 */
		public Selection {
			exclude = List.copyOf(exclude);
		}

	}

	/**
	 * How lines wait to be written.
	 *
	 * @param size how many wait at most; what comes on top is dropped and counted
	 * @param flushTimeout how long a shutdown waits until all are written
	 */
	public record Queue(int size, Duration flushTimeout) {
	}

}
