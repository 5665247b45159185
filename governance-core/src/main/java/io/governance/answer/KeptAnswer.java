// SPDX-License-Identifier: Apache-2.0

package io.governance.answer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.governance.policy.Call;

/**
 * An answer that was kept. Immutable.
 *
 * @param answer the answer
 * @param chosenBy the headers of the request by which its sender chose it
 * @param nanoTime when it was kept, on the monotonic clock
 * @param maxNanos how old it may become, as its sender says
 * @param spread by what its time to live is multiplied, so that not all end together
 */
public record KeptAnswer(Answer answer, Map<String, List<String>> chosenBy, long nanoTime, long maxNanos,
		double spread) {

	/** What an entry takes beside its texts, roughly. */
	private static final int OVERHEAD = 300;

	/**
	 * Copies the map.
	 */
	public KeptAnswer {
		chosenBy = Map.copyOf(chosenBy);
	}

	/**
	 * An answer that may become as old as its keeper likes.
	 * @param answer the answer
	 * @param chosenBy the headers of the request by which its sender chose it
	 * @param nanoTime when it was kept, on the monotonic clock
	 */
	public KeptAnswer(Answer answer, Map<String, List<String>> chosenBy, long nanoTime) {
		this(answer, chosenBy, nanoTime, Long.MAX_VALUE, 1);
	}

	/**
	 * The headers of a call by which the sender of a response chose it.
	 * @param call the call
	 * @param head the head of the response
	 * @return values by name
	 */
	public static Map<String, List<String>> chosenBy(Call call, AnswerHead head) {
		Map<String, List<String>> values = new LinkedHashMap<>();
		head.vary().forEach((name) -> values.put(name, List.copyOf(call.headers(name))));
		return values;
	}

	/**
	 * Whether its sender would have chosen it for a call.
	 * @param call the call, of the same key
	 * @return whether the headers that it was chosen by are the same
	 */
	public boolean suits(Call call) {
		return this.chosenBy.entrySet()
			.stream()
			.allMatch((entry) -> entry.getValue().equals(call.headers(entry.getKey())));
	}

	/**
	 * How old it is.
	 * @param now the monotonic clock
	 * @return nanoseconds
	 */
	public long ageNanos(long now) {
		return now - this.nanoTime;
	}

	long bytes() {
		return OVERHEAD + this.answer.body().length + length(this.answer.headers()) + length(this.chosenBy);
	}

	private static long length(Map<String, List<String>> headers) {
		long length = 0;
		for (Map.Entry<String, List<String>> header : headers.entrySet()) {
			length += header.getKey().length();
			for (String value : header.getValue()) {
				length += value.length();
			}
		}
		return length;
	}

}
