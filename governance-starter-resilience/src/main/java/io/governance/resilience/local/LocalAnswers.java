// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.local;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.Function;

import io.governance.answer.Answer;
import io.governance.answer.AnswerCopy;
import io.governance.answer.AnswerHead;
import io.governance.resilience.execution.Answers;
import org.jspecify.annotations.Nullable;

/**
 * Gives work another result, and has its results kept.
 *
 * @param <G> how the work gives its result
 */
final class LocalAnswers<G> implements Answers<G> {

	/** There is nothing: kept for as long as a 404. */
	private static final int NOTHING = 404;

	private final LocalSubject subject;

	private final Function<@Nullable Object, G> given;

	private final Function<G, @Nullable Object> value;

	LocalAnswers(LocalSubject subject, Function<@Nullable Object, G> given, Function<G, @Nullable Object> value) {
		this.subject = subject;
		this.given = given;
		this.value = value;
	}

	@Override
	public G response(Answer answer) {
		return this.given.apply(this.subject.value(answer));
	}

	@Override
	public boolean fits(Answer answer) {
		return this.subject.fits(answer);
	}

	@Override
	public Map<String, List<String>> headers(G response) {
		return Map.of();
	}

	@Override
	public AnswerHead head(G response, int status) {
		Object value = this.value.apply(response);
		boolean nothing = value == null || (value instanceof Optional<?> optional && optional.isEmpty());
		return new AnswerHead(nothing ? NOTHING : status, Map.of());
	}

	@Override
	public G copied(G response, AnswerCopy copy) {
		Object value = this.value.apply(response);
		if (isUsedUp(value)) {
			copy.abandon();
		}
		else {
			copy.complete(value);
		}
		return response;
	}

	/**
	 * Whether whoever gets it uses it up, so that it cannot be given again.
	 */
	private static boolean isUsedUp(@Nullable Object value) {
		return value instanceof AutoCloseable || value instanceof Iterator || value instanceof Future;
	}

}
