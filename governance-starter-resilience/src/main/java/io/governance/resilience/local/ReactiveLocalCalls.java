// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.local;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import io.governance.client.SubscriberContext;
import io.governance.context.CallContext;
import io.governance.resilience.execution.Attempt;
import io.governance.resilience.execution.ReactiveCallExecutor;
import io.governance.resilience.execution.ReactiveExchange;
import io.governance.resilience.execution.ResponseHead;
import io.governance.resilience.execution.ThreadLocals;
import io.governance.resilience.local.LocalCalls.Task;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Runs reactive and asynchronous work of this process under the rules that name it. It
 * begins with the subscription, once per attempt, and is cancelled when its time is up.
 * Holds no thread. Thread-safe.
 */
public final class ReactiveLocalCalls {

	private final LocalCalls calls;

	private final ReactiveCallExecutor executor;

	/**
	 * Creates it.
	 * @param calls makes the calls
	 */
	public ReactiveLocalCalls(LocalCalls calls) {
		this.calls = calls;
		this.executor = new ReactiveCallExecutor(calls.execution());
	}

	/**
	 * Runs work that gives one value, or none.
	 * @param work which work
	 * @param task begins it
	 * @return emits what the last attempt gave
	 * @param <T> the value
	 */
	public <T> Mono<T> mono(LocalWork work, Task<Mono<T>> task) {
		return this
			.<Optional<T>>run(work, () -> task.run().map(Optional::of).defaultIfEmpty(Optional.empty()),
					(given) -> Mono.empty())
			.flatMapMany((given) -> Mono.<T>justOrEmpty(given))
			.singleOrEmpty();
	}

	/**
	 * Runs work that completes a stage.
	 * @param work which work
	 * @param task begins it
	 * @return completes as the stage of the last attempt; cancelling it cancels that one
	 * @param <T> the value
	 */
	public <T> CompletableFuture<T> future(LocalWork work, Task<CompletionStage<T>> task) {
		return this.<T>mono(work, () -> Mono.fromCompletionStage(task.run())).contextCapture().toFuture();
	}

	/**
	 * Runs work that gives a stream. The rules hold up to its first element: what comes
	 * after that is neither timed nor repeated.
	 * @param work which work
	 * @param task begins it
	 * @return emits what the last attempt gave
	 * @param <T> the elements
	 */
	public <T> Flux<T> flux(LocalWork work, Task<Flux<T>> task) {
		return run(work, () -> begun(task.run()),
				(given) -> Mono.fromRunnable(() -> given.value().subscribe().dispose()))
			.flatMapMany(Given::value);
	}

	/**
	 * Waits for the first element, and holds the rest back until somebody asks for it:
	 * one group, of which one element is fetched ahead. An error that comes later must
	 * reach the group alone: nobody listens for groups any more.
	 */
	private static <T> Mono<Given<Flux<T>>> begun(Flux<T> stream) {
		AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
		Flux<T> end = Flux.defer(() -> (failure.get() != null) ? Flux.error(failure.get()) : Flux.empty());
		return stream.onErrorResume((error) -> {
			failure.set(error);
			return Flux.empty();
		})
			.groupBy((element) -> Boolean.TRUE, Function.identity(), 1)
			.next()
			.map((group) -> new Given<>(group.concatWith(end)))
			.switchIfEmpty(end.then(Mono.fromSupplier(() -> new Given<>(Flux.empty()))));
	}

	private <G> Mono<G> run(LocalWork work, Task<Mono<G>> task, Function<G, Mono<Void>> discard) {
		return Mono.deferContextual((view) -> {
			CallContext context = SubscriberContext.of(view);
			return this.executor.execute(this.calls.call(work, context), context,
					new Exchange<>(context, task, discard));
		});
	}

	/**
	 * Makes the attempts.
	 */
	private final class Exchange<G> implements ReactiveExchange<G> {

		private final CallContext context;

		private final Task<Mono<G>> task;

		private final Function<G, Mono<Void>> discard;

		Exchange(CallContext context, Task<Mono<G>> task, Function<G, Mono<Void>> discard) {
			this.context = context;
			this.task = task;
			this.discard = discard;
		}

		@Override
		public Mono<G> send(Attempt attempt) {
			CallContext own = ReactiveLocalCalls.this.calls.attempting(this.context, attempt);
			return Mono.<G>deferContextual((view) -> ThreadLocals.with(view, this::begin))
				.contextWrite((view) -> view.put(CallContext.KEY, own));
		}

		private Mono<G> begin() {
			try {
				return Objects.requireNonNull(this.task.run(), "publisher");
			}
			catch (RuntimeException | Error ex) {
				throw ex;
			}
			catch (Throwable ex) {
				return Mono.error(ex);
			}
		}

		@Override
		public G answer(int status, String rule) {
			throw Given.injected(status, rule);
		}

		@Override
		public ResponseHead head(G given) {
			return Given.HEAD;
		}

		@Override
		public boolean isRepeatable() {
			return true;
		}

		@Override
		public Mono<Void> discard(G given) {
			return this.discard.apply(given);
		}

	}

}
