// SPDX-License-Identifier: Apache-2.0

package io.governance.policy;

/**
 * A stretch of the chain that an adapter runs in one go.
 */
public enum Segment {

	/** No part of a call: what the process does by itself. */
	PROCESS(Direction.INBOUND),

	/** Inbound, before anything else: where a trace begins or is joined. */
	HEAD(Direction.INBOUND),

	/** Inbound, before security. */
	EDGE(Direction.INBOUND),

	/** Inbound, after security: the principal is known. */
	IDENTIFIED(Direction.INBOUND),

	/** Outbound, once per logical call. */
	CALL(Direction.OUTBOUND),

	/** Outbound: which instances a call may go to, and how one is chosen. */
	SELECTION(Direction.OUTBOUND),

	/** Outbound, once per attempt of a call. */
	ATTEMPT(Direction.OUTBOUND);

	private final Direction direction;

	Segment(Direction direction) {
		this.direction = direction;
	}

	/**
	 * Returns the side this segment belongs to.
	 * @return the direction
	 */
	public Direction direction() {
		return this.direction;
	}

}
