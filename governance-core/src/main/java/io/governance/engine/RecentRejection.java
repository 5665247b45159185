// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import io.governance.policy.Call;
import io.governance.policy.Direction;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * A call that a rule rejected, for people. Texts that callers choose are cut.
 *
 * @param epochMillis when, in milliseconds since the epoch
 * @param rule the rule, as {@code type/id}; {@code null} for none
 * @param reason why
 * @param direction the side
 * @param service the called service
 * @param method the HTTP method
 * @param path the path, without the query
 * @param caller the calling service; {@code null} when unknown
 */
public record RecentRejection(long epochMillis, @Nullable String rule, Reason reason, Direction direction,
		String service, String method, String path, @Nullable String caller) {

	private static final int LONGEST = 128;

	static RecentRejection of(Call call, Rejection rejection, long epochMillis) {
		String caller = call.caller();
		return new RecentRejection(epochMillis, rejection.rule(), rejection.reason(), call.direction(), call.service(),
				cut(call.method()), cut(call.path()), (caller != null) ? cut(caller) : null);
	}

	private static String cut(String text) {
		return (text.length() <= LONGEST) ? text : text.substring(0, LONGEST);
	}

}
