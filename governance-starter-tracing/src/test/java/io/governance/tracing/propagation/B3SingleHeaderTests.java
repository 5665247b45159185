// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.propagation;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class B3SingleHeaderTests {

	@ParameterizedTest
	@MethodSource("io.governance.tracing.propagation.B3Cases#single")
	void followsTheSpecification(TraceCase rule) {
		try (CodecHop hop = CodecHop.standard()) {
			rule.holdsFor(hop.pass(rule.headers()));
		}
	}

}
