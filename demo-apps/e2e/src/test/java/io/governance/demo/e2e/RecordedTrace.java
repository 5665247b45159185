// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.e2e;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * All spans of one trace.
 *
 * @param spans the spans
 */
record RecordedTrace(List<RecordedSpan> spans) {

	/**
	 * Which service called which, by the links between spans of two processes.
	 */
	Set<String> calls() {
		Set<String> calls = new TreeSet<>();
		for (RecordedSpan span : this.spans) {
			for (RecordedSpan parent : this.spans) {
				if (parent.id().equals(span.parentId()) && !parent.service().equals(span.service())) {
					calls.add(parent.service() + " " + parent.kind() + " > " + span.service() + " " + span.kind());
				}
			}
		}
		return calls;
	}

	/**
	 * The spans that nobody in the trace is the parent of.
	 */
	List<RecordedSpan> orphans() {
		Set<String> ids = new TreeSet<>();
		this.spans.forEach((span) -> ids.add(span.id()));
		return this.spans.stream().filter((span) -> span.parentId() == null || !ids.contains(span.parentId())).toList();
	}

	/**
	 * The attempts of one service's calls to another, in order.
	 */
	List<RecordedSpan> attempts(String service, int attempts) {
		return this.spans.stream()
			.filter((span) -> span.isAttempt() && span.service().equals(service))
			.filter((span) -> siblings(span) == attempts)
			.sorted(Comparator.comparing((span) -> span.tags().get("governance.attempt")))
			.toList();
	}

	private long siblings(RecordedSpan attempt) {
		return this.spans.stream()
			.filter((span) -> span.isAttempt() && span.parentId() != null && span.parentId().equals(attempt.parentId()))
			.count();
	}

}
