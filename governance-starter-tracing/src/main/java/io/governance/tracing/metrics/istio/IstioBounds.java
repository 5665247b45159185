// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.metrics.istio;

import io.governance.tracing.metrics.BoundedSet;
import io.governance.tracing.metrics.CardinalityFilter;
import io.governance.tracing.metrics.CardinalityLimits;
import io.governance.tracing.metrics.istio.IstioRequest.Reporter;

/**
 * Which peers have series of their own: the first that come, as {@link CardinalityFilter}
 * has it, but known before the labels of a call are put together. All others count as
 * {@value CardinalityFilter#OTHER}, with their status and flags. Thread-safe.
 */
public final class IstioBounds {

	/**
	 * The name under which Istio's metrics are bounded, and their overflow is counted.
	 */
	private static final String FAMILY = "istio";

	private final CardinalityFilter filter;

	private final BoundedSet<String> callers;

	private final BoundedSet<String> called;

	private final BoundedSet<IstioRequest> series;

	/**
	 * Creates bounds that have admitted nothing.
	 * @param filter has the limits, and counts what overflows
	 */
	public IstioBounds(CardinalityFilter filter) {
		this.filter = filter;
		CardinalityLimits limits = filter.limits();
		// one place is for this process itself, one for what overflows
		this.callers = new BoundedSet<>(limits.maxTagValues() - 2);
		this.called = new BoundedSet<>(limits.maxTagValues() - 2);
		this.series = new BoundedSet<>(limits.ownSeries());
	}

	/**
	 * What is recorded instead.
	 * @return the same while there is room for it
	 */
	IstioRequest bound(IstioRequest request) {
		BoundedSet<String> peers = (request.reporter() == Reporter.SOURCE) ? this.called : this.callers;
		if (peers.admits(request.peer()) && this.series.admits(request)) {
			return request;
		}
		this.filter.overflowed(FAMILY);
		return request.ofPeer(CardinalityFilter.OTHER);
	}

}
