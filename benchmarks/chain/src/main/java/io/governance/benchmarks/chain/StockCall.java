// SPDX-License-Identifier: Apache-2.0

package io.governance.benchmarks.chain;

import io.governance.policy.Call;
import io.governance.policy.Direction;
import org.jspecify.annotations.Nullable;

/**
 * The call that is made over and over.
 */
final class StockCall implements Call {

	static final String SERVICE = "inventory";

	@Override
	public Direction direction() {
		return Direction.OUTBOUND;
	}

	@Override
	public String service() {
		return SERVICE;
	}

	@Override
	public String method() {
		return "GET";
	}

	@Override
	public String path() {
		return "/stock/book";
	}

	@Override
	public @Nullable String header(String name) {
		return null;
	}

	@Override
	public @Nullable String query(String name) {
		return null;
	}

}
