// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import java.util.List;
import java.util.Map;

import io.governance.match.Match;
import io.governance.match.StringMatch;
import io.governance.policy.Direction;

/**
 * Short spellings of matches.
 */
final class Matches {

	private Matches() {
	}

	static Match path(String path) {
		return new Match(null, null, List.of(), path, List.of(), Map.of(), Map.of(), null, Map.of());
	}

	static Match inbound() {
		return new Match(Direction.INBOUND, null, List.of(), null, List.of(), Map.of(), Map.of(), null, Map.of());
	}

	static Match inbound(String service) {
		return new Match(Direction.INBOUND, service, List.of(), null, List.of(), Map.of(), Map.of(), null, Map.of());
	}

	static Match methods(String... methods) {
		return new Match(null, null, List.of(methods), null, List.of(), Map.of(), Map.of(), null, Map.of());
	}

	static Match header(String name, String value) {
		return new Match(null, null, List.of(), null, List.of(), Map.of(name, StringMatch.exact(value)), Map.of(), null,
				Map.of());
	}

}
