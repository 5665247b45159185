// SPDX-License-Identifier: Apache-2.0

package io.governance.benchmarks.chain;

import io.governance.context.Attempts;
import io.governance.discovery.InstanceSelector;
import io.governance.discovery.SelectedInstance;
import io.governance.policy.Outcome;

/**
 * What all sides send their calls to: an instance is chosen, which answers at once.
 */
final class Upstream {

	private static final Outcome GOOD = Outcome.response(Response.OK.status(), false, 1_000_000);

	private final InstanceSelector selector;

	private final StockCall call = new StockCall();

	Upstream(InstanceSelector selector) {
		this.selector = selector;
	}

	StockCall call() {
		return this.call;
	}

	Response send(Attempts attempts) {
		SelectedInstance selected = this.selector.select(this.call, attempts);
		selected.end(GOOD);
		return (selected.instance().port() > 0) ? Response.OK : new Response(0);
	}

}
