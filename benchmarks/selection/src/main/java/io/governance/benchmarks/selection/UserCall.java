// SPDX-License-Identifier: Apache-2.0

package io.governance.benchmarks.selection;

import java.util.stream.IntStream;

import io.governance.policy.Call;
import io.governance.policy.Direction;
import org.jspecify.annotations.Nullable;

/**
 * A call on behalf of a user.
 *
 * @param user the user
 */
record UserCall(String user) implements Call {

	/** A power of two. */
	private static final int USERS = 1024;

	/**
	 * Calls of as many users as {@link #next} turns round.
	 */
	static UserCall[] ofUsers() {
		return IntStream.range(0, USERS).mapToObj((number) -> new UserCall("user-" + number)).toArray(UserCall[]::new);
	}

	static int next(int turn) {
		return (turn + 1) & (USERS - 1);
	}

	@Override
	public Direction direction() {
		return Direction.OUTBOUND;
	}

	@Override
	public String service() {
		return Fleet.SERVICE;
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
		return name.equalsIgnoreCase("x-user") ? this.user : null;
	}

	@Override
	public @Nullable String query(String name) {
		return null;
	}

}
