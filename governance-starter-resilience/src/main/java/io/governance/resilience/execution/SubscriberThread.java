// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.execution;

import java.util.function.Supplier;

import io.micrometer.context.ContextSnapshot;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * What a reactive call takes along from the thread that began it: further attempts, and
 * beans that answer, look into thread-locals on whichever thread they come to run.
 */
final class SubscriberThread {

	private final Thread thread = Thread.currentThread();

	private final ContextSnapshot caller;

	/**
	 * Remembers this thread.
	 * @param view the subscriber's Reactor context, which goes before what its thread
	 * knows
	 */
	SubscriberThread(ContextView view) {
		this.caller = ThreadLocals.of(view);
	}

	/**
	 * Whether a first attempt is still where the call began. Setting what is there
	 * already would cost too much for every call.
	 */
	boolean isCurrent(boolean first) {
		return first && Thread.currentThread() == this.thread;
	}

	/**
	 * Runs code as if on the thread that began the call.
	 */
	<T> T run(Supplier<T> code) {
		try (ContextSnapshot.Scope scope = this.caller.setThreadLocals()) {
			return code.get();
		}
	}

	/**
	 * Makes and subscribes to a publisher as if on the thread that began the call.
	 */
	<T> Mono<T> on(Supplier<Mono<T>> publisher) {
		return new Mono<>() {

			@Override
			public void subscribe(CoreSubscriber<? super T> actual) {
				try (ContextSnapshot.Scope scope = SubscriberThread.this.caller.setThreadLocals()) {
					Mono.defer(publisher).subscribe(actual);
				}
			}

		};
	}

}
