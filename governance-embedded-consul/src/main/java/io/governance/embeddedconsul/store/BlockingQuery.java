// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.store;

/**
 * The waiting part of a query.
 *
 * @param index answer only when the index is above this; 0 answers at once
 * @param waitNanos the longest wait
 */
public record BlockingQuery(long index, long waitNanos) {

	/**
	 * A query that is answered at once.
	 */
	public static final BlockingQuery NONE = new BlockingQuery(0, 0);

	boolean blocks() {
		return this.index > 0;
	}

}
