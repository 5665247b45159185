// SPDX-License-Identifier: Apache-2.0

package io.governance.benchmarks.chain;

import io.governance.context.Attempts;

/**
 * What every side does, and nothing around it.
 *
 * @param upstream takes the calls
 */
record BareChain(Upstream upstream) implements Chain {

	@Override
	public Response call() {
		return this.upstream.send(new Attempts(StockCall.SERVICE));
	}

}
