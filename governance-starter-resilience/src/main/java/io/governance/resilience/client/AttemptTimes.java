// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.time.Duration;

import io.governance.resilience.execution.Attempt;
import org.jspecify.annotations.Nullable;

/**
 * How long an attempt may take: travels from the call stage to the transport as a request
 * attribute.
 *
 * @param response up to the head of the response; {@code null} for no bound
 * @param connect to make a connection; {@code null} for the client's own
 */
record AttemptTimes(@Nullable Duration response, @Nullable Duration connect) {

	static final String ATTRIBUTE = AttemptTimes.class.getName();

	static AttemptTimes of(Attempt attempt) {
		return new AttemptTimes(attempt.timeout(), attempt.connectTimeout());
	}

}
