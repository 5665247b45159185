// SPDX-License-Identifier: Apache-2.0

package io.governance.execution;

import io.governance.policy.Outcome;
import io.governance.policy.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * How a call ended, after its last attempt, as its caller would learn it.
 *
 * @param outcome the ending: a response, whatever its status, or none
 * @param rejection why this side did not send it, or waited no longer; {@code null} where
 * it did neither
 */
public record CallFailure(Outcome outcome, @Nullable Rejection rejection) {
}
