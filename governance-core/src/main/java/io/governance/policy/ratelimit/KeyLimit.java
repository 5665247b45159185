// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

import io.governance.schema.RuleField;
import org.jspecify.annotations.Nullable;

/**
 * The limit of one key, in place of the rule's.
 *
 * @param limit calls per period of the rule
 * @param burst calls that may come at once; as with the rule by default
 */
public record KeyLimit(
		@RuleField(value = "Calls per period of the rule.", bounds = "1 or more", required = true) long limit,
		@RuleField(value = "Calls that may come at once; this limit by default, 1 with pacing.",
				bounds = "1 or more") @Nullable Long burst) {
}
