// SPDX-License-Identifier: Apache-2.0

package io.governance.policy;

/**
 * The order of the chain, and nothing else: policies run in the order of these constants.
 */
public enum Stage {

	/** Of the process: how it is observed, whatever it is called. */
	PROCESS_OBSERVATION(Segment.PROCESS),

	/** Inbound: how the call is observed. */
	OBSERVATION(Segment.HEAD),

	/** Inbound: a call whose time is up is not run. */
	INBOUND_DEADLINE(Segment.EDGE),

	/** Inbound: drop load this process cannot carry. */
	LOAD_SHEDDING(Segment.EDGE),

	/** Inbound: calls in flight. */
	CONCURRENCY_LIMIT(Segment.EDGE),

	/** Inbound: limits that need no principal. */
	EDGE_RATE_LIMIT(Segment.EDGE),

	/** Inbound: may this caller do this. */
	ACCESS_CONTROL(Segment.IDENTIFIED),

	/** Inbound: calls in flight, keyed by principal. */
	IDENTIFIED_CONCURRENCY_LIMIT(Segment.IDENTIFIED),

	/** Inbound: limits keyed by principal. */
	IDENTIFIED_RATE_LIMIT(Segment.IDENTIFIED),

	/** Inbound: injected faults. */
	INBOUND_FAULT(Segment.IDENTIFIED),

	/** Outbound: what is answered without a call. */
	CACHE(Segment.CALL),

	/** Outbound: what is answered in place of a failure. */
	FALLBACK(Segment.CALL),

	/** Outbound: how long the caller waits, in all. */
	DEADLINE(Segment.CALL),

	/** Outbound: calls per time. */
	RATE_LIMIT(Segment.CALL),

	/** Outbound: further attempts. */
	RETRY(Segment.CALL),

	/** Outbound, once per call: where it goes. */
	ROUTE(Segment.SELECTION),

	/** Outbound, once per call: where a copy of it goes. */
	MIRROR(Segment.SELECTION),

	/** Per attempt: which instance takes it. */
	LOAD_BALANCING(Segment.SELECTION),

	/** Per attempt: which instances are left out. */
	OUTLIER_DETECTION(Segment.SELECTION),

	/** Per attempt: stop calling what fails. */
	CIRCUIT_BREAKER(Segment.ATTEMPT),

	/** Per attempt: call less what fails. */
	ADAPTIVE_BREAKER(Segment.ATTEMPT),

	/** Per attempt: attempts in flight. */
	BULKHEAD(Segment.ATTEMPT),

	/** Per attempt, before an instance is picked: injected faults. */
	FAULT(Segment.ATTEMPT);

	private final Segment segment;

	Stage(Segment segment) {
		this.segment = segment;
	}

	/**
	 * Returns the stretch of the chain this stage is in.
	 * @return the segment
	 */
	public Segment segment() {
		return this.segment;
	}

}
