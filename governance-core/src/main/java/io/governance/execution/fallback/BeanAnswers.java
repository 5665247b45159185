// SPDX-License-Identifier: Apache-2.0

package io.governance.execution.fallback;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

import io.governance.answer.Answer;
import io.governance.execution.CallFailure;
import io.governance.execution.FallbackAnswer;
import io.governance.policy.Call;
import io.governance.rule.PolicyContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a bean of the application answers. The bean is asked for when a call needs it, so
 * that it may be one that makes calls itself.
 */
final class BeanAnswers implements FallbackSource {

	private static final Logger logger = LoggerFactory.getLogger(BeanAnswers.class);

	private final String name;

	private final PolicyContext context;

	private final LongAdder failed;

	private final AtomicBoolean said = new AtomicBoolean();

	BeanAnswers(String name, PolicyContext context) {
		this.name = name;
		this.context = context;
		this.failed = context.events().apply(FallbackRuleType.BEAN_FAILED);
	}

	@Override
	public @Nullable Answer answer(Call call, CallFailure failure) {
		try {
			FallbackAnswer bean = this.context.beans().find(this.name, FallbackAnswer.class);
			return (bean != null) ? checked(bean.answer(call, failure)) : null;
		}
		catch (RuntimeException ex) {
			this.failed.increment();
			// once: it may well fail with every call
			if (this.said.compareAndSet(false, true)) {
				logger.warn("fallback bean failed, the failure stays: rule={} bean={}", this.context.rule(), this.name,
						ex);
			}
			return null;
		}
	}

	private static @Nullable Answer checked(@Nullable Answer answer) {
		if (answer != null && (answer.status() < 200 || answer.status() > 599)) {
			throw new IllegalStateException("status: " + answer.status() + " (expected: 200 to 599)");
		}
		return answer;
	}

}
