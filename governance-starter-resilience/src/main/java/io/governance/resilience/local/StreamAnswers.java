// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.governance.answer.Answer;
import io.governance.answer.AnswerCopy;
import io.governance.answer.AnswerHead;
import io.governance.resilience.execution.Answers;
import reactor.core.publisher.Flux;

/**
 * Gives a stream other elements, and has those of its own kept, as they go by.
 *
 * @param <T> the elements
 */
final class StreamAnswers<T> implements Answers<Given<Flux<T>>> {

	/** Of a longer stream nothing is kept. */
	static final int MAX_ELEMENTS = 1_000;

	private final LocalSubject subject;

	StreamAnswers(LocalCall call, LocalSubject subject) {
		this.subject = subject;
		// now: the work may change who its thread works for
		call.owner();
	}

	@Override
	@SuppressWarnings("unchecked")
	public Given<Flux<T>> response(Answer answer) {
		List<T> elements = (List<T>) Objects.requireNonNullElse(this.subject.value(answer), List.of());
		return new Given<>(Flux.fromIterable(elements));
	}

	@Override
	public boolean fits(Answer answer) {
		return this.subject.fits(answer);
	}

	@Override
	public Map<String, List<String>> headers(Given<Flux<T>> response) {
		return Map.of();
	}

	@Override
	public AnswerHead head(Given<Flux<T>> response, int status) {
		return new AnswerHead(status, Map.of());
	}

	@Override
	public Given<Flux<T>> copied(Given<Flux<T>> response, AnswerCopy copy) {
		List<T> elements = new ArrayList<>();
		return new Given<>(response.value().doOnNext((element) -> {
			if (elements.size() < MAX_ELEMENTS) {
				elements.add(element);
			}
			else {
				copy.abandon();
			}
		})
			.doOnComplete(() -> copy.complete((Object) List.copyOf(elements)))
			.doOnError((error) -> copy.abandon())
			.doOnCancel(copy::abandon));
	}

}
