// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.local;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

import io.governance.client.SubscriberContext;
import io.governance.context.CallContext;
import io.governance.resilience.execution.Answers;
import io.governance.resilience.execution.Attempt;
import io.governance.resilience.execution.ReactiveCallExecutor;
import io.governance.resilience.execution.ReactiveExchange;
import io.governance.resilience.execution.ResponseHead;
import io.governance.resilience.execution.ThreadLocals;
import io.governance.resilience.local.LocalCalls.Task;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * Runs reactive and asynchronous work of this process under the rules that name it. It
 * begins with the subscription, once per attempt, and is cancelled when its time is up.
 * Holds no thread. Thread-safe.
 */
public final class ReactiveLocalCalls {

	private final LocalCalls calls;

	private final ReactivePrincipalSource principals;

	private final ReactiveCallExecutor executor;

	/**
	 * Creates it.
	 * @param calls makes the calls
	 * @param principals knows who subscribes
	 */
	public ReactiveLocalCalls(LocalCalls calls, ReactivePrincipalSource principals) {
		this.calls = calls;
		this.principals = principals;
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
		return mono(work, null, task);
	}

	/**
	 * Runs work that gives one value, or none, and whose result may be kept, or be
	 * another one.
	 * @param work which work
	 * @param subject what its result depends on; {@code null} where nobody knows
	 * @param task begins it
	 * @return emits what the last attempt gave, or what the rules give in place of it
	 * @param <T> the value
	 */
	@SuppressWarnings("unchecked")
	public <T> Mono<T> mono(LocalWork work, @Nullable LocalSubject subject, Task<Mono<T>> task) {
		return run(work, subject,
				(call, context) -> new Exchange<Optional<T>>(context,
						() -> task.run().map(Optional::of).defaultIfEmpty(Optional.empty()), (given) -> Mono.empty(),
						() -> call.answers((value) -> Optional.ofNullable((T) value), (given) -> given.orElse(null))))
			.flatMapMany((given) -> Mono.<T>justOrEmpty(given))
			.singleOrEmpty();
	}

	/**
	 * Runs work that completes a stage.
	 * @param work which work
	 * @param subject what its result depends on; {@code null} where nobody knows
	 * @param task begins it
	 * @return completes as the stage of the last attempt; cancelling it cancels that one
	 * @param <T> the value
	 */
	public <T> CompletableFuture<T> future(LocalWork work, @Nullable LocalSubject subject,
			Task<CompletionStage<T>> task) {
		return this.<T>mono(work, subject, () -> Mono.fromCompletionStage(task.run())).contextCapture().toFuture();
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
		return flux(work, null, task);
	}

	/**
	 * Runs work that gives a stream, and whose result may be kept, or be another one.
	 * @param work which work
	 * @param subject what its result depends on; {@code null} where nobody knows
	 * @param task begins it
	 * @return emits what the last attempt gave, or what the rules give in place of it
	 * @param <T> the elements
	 */
	public <T> Flux<T> flux(LocalWork work, @Nullable LocalSubject subject, Task<Flux<T>> task) {
		return run(work, subject,
				(call, context) -> new Exchange<Given<Flux<T>>>(context, () -> begun(task.run()),
						(given) -> Mono.fromRunnable(() -> given.value().subscribe().dispose()),
						() -> (subject != null) ? new StreamAnswers<T>(call, subject) : null))
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

	private <G> Mono<G> run(LocalWork work, @Nullable LocalSubject subject,
			BiFunction<LocalCall, CallContext, ReactiveExchange<G>> exchange) {
		return Mono.deferContextual((view) -> {
			if (subject == null || this.principals == ReactivePrincipalSource.NONE) {
				return run(work, subject, this.calls.principals(), view, exchange);
			}
			return this.principals.of(view)
				.<PrincipalSource>map((principal) -> () -> principal)
				.onErrorComplete()
				.defaultIfEmpty(this.calls.principals())
				// not flatMap, as in ReactiveAdmission
				.flatMapMany((principal) -> run(work, subject, principal, view, exchange))
				.singleOrEmpty();
		});
	}

	private <G> Mono<G> run(LocalWork work, @Nullable LocalSubject subject, PrincipalSource principal, ContextView view,
			BiFunction<LocalCall, CallContext, ReactiveExchange<G>> exchange) {
		CallContext context = SubscriberContext.of(view);
		LocalCall call = this.calls.call(work, context, subject, new AskedPrincipal(principal));
		return this.executor.execute(call, context, exchange.apply(call, context));
	}

	/**
	 * Makes the attempts.
	 */
	private final class Exchange<G> implements ReactiveExchange<G> {

		private final CallContext context;

		private final Task<Mono<G>> task;

		private final Function<G, Mono<Void>> discard;

		private final Supplier<@Nullable Answers<G>> answers;

		Exchange(CallContext context, Task<Mono<G>> task, Function<G, Mono<Void>> discard,
				Supplier<@Nullable Answers<G>> answers) {
			this.answers = answers;
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
		public @Nullable Answers<G> answers() {
			return this.answers.get();
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
