// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.propagation;

import java.util.stream.Stream;

/**
 * All cases, for those who run them over HTTP.
 */
final class TraceCases {

	private TraceCases() {
	}

	static Stream<TraceCase> all() {
		return Stream
			.of(TraceParentCases.all(), TraceStateCases.all(), B3Cases.single(), B3Cases.multi(), B3Cases.precedence(),
					BaggageCases.all())
			.flatMap((cases) -> cases);
	}

}
