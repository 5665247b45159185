// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.filter;

import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;
import reactor.util.context.Context;

/**
 * Makes the exchange's span current on the thread that subscribes and on the one that
 * signals the end, so that what runs there at once has the trace, its baggage and its
 * logging context. Everything is as before when the call returns. This is what Reactor's
 * automatic propagation would do at each operator.
 */
final class ExchangeScope extends MonoOperator<Void, Void> {

	ExchangeScope(Mono<Void> source) {
		super(source);
	}

	@Override
	public void subscribe(CoreSubscriber<? super Void> actual) {
		Observation observation = actual.currentContext().getOrDefault(ObservationThreadLocalAccessor.KEY, null);
		if (observation == null) {
			this.source.subscribe(actual);
			return;
		}
		inScope(observation, () -> this.source.subscribe(new Scoped(actual, observation)));
	}

	@SuppressWarnings("try")
	private static void inScope(Observation observation, Runnable work) {
		if (isCurrent(observation)) {
			work.run();
			return;
		}
		try (Observation.Scope scope = observation.openScope()) {
			work.run();
		}
	}

	/**
	 * A scope inside of one of the same observation would cost and change nothing.
	 */
	private static boolean isCurrent(Observation observation) {
		Observation.@Nullable Scope current = observation.getObservationRegistry().getCurrentObservationScope();
		return current != null && current.getCurrentObservation() == observation;
	}

	private record Scoped(CoreSubscriber<? super Void> actual,
			Observation observation) implements CoreSubscriber<Void> {

		@Override
		public Context currentContext() {
			return this.actual.currentContext();
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			this.actual.onSubscribe(subscription);
		}

		@Override
		public void onNext(Void nothing) {
			this.actual.onNext(nothing);
		}

		@Override
		public void onError(Throwable error) {
			inScope(this.observation, () -> this.actual.onError(error));
		}

		@Override
		public void onComplete() {
			inScope(this.observation, this.actual::onComplete);
		}

	}

}
