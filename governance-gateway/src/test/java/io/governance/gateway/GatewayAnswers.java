// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway;

import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.governance.policy.CallRejectedException;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.resilience.execution.CallTimeoutException;
import io.governance.test.contract.OutboundClient;
import org.jspecify.annotations.Nullable;

/**
 * What a user of the gateway makes of its answers: rejections become exceptions again, by
 * what their problem bodies say.
 */
public final class GatewayAnswers {

	private GatewayAnswers() {
	}

	public static OutboundClient.Answer of(HttpResponse<String> response) {
		if (response.headers().firstValue("content-type").orElse("").startsWith("application/problem")) {
			throw rejection(response);
		}
		return new OutboundClient.Answer(response.statusCode(), retryAfter(response), response.body(),
				response.headers().firstValue("x-governance-fallback").orElse(null));
	}

	private static CallRejectedException rejection(HttpResponse<String> response) {
		String reason = String.valueOf(field(response.body(), "reason"));
		if (reason.equals(Reason.DEADLINE_EXCEEDED.name())) {
			return new CallTimeoutException("inventory", 1, 0, field(response.body(), "rule"), null);
		}
		String retryAfter = retryAfter(response);
		long nanos = (retryAfter != null) ? TimeUnit.SECONDS.toNanos(Long.parseLong(retryAfter)) : 0;
		return new CallRejectedException("inventory",
				new Rejection(new Reason(reason, response.statusCode(), false), field(response.body(), "rule"), nanos));
	}

	private static @Nullable String retryAfter(HttpResponse<?> response) {
		return response.headers().firstValue("retry-after").orElse(null);
	}

	private static @Nullable String field(String problem, String name) {
		Matcher value = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(problem);
		return value.find() ? value.group(1) : null;
	}

}
