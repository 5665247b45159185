// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.execution;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;

import io.governance.answer.Answer;
import io.governance.execution.CacheTurn;
import io.governance.execution.RetrySchedule;
import io.governance.policy.Decision;
import io.governance.policy.Outcome;
import io.governance.policy.Permit.Abort;
import io.governance.policy.Permit.Fault;
import io.governance.policy.Segment;
import io.governance.resilience.admission.PermitLease;
import io.governance.resilience.admission.ReactiveAdmission;
import io.governance.resilience.failback.Resend;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * One call of one subscriber: attempts, and waits between them.
 *
 * @param <R> the response
 */
final class ReactiveRun<R> {

	private final CallRun run;

	private final ReactiveExchange<R> exchange;

	private volatile Outcome last = PermitLease.cancelled();

	private final SubscriberThread subscriber;

	ReactiveRun(CallRun run, ReactiveExchange<R> exchange, ContextView view) {
		this.run = run;
		this.exchange = exchange;
		this.subscriber = new SubscriberThread(view);
	}

	/**
	 * Begins the call.
	 * @param resend makes it again later, given how large its body may be
	 */
	Mono<R> start(LongFunction<@Nullable Resend> resend) {
		Replies<R> replies = this.run.hasReplies() ? this.run.replies(this.exchange.answers(), resend) : null;
		if (replies == null) {
			return call();
		}
		return Mono.defer(() -> follow(replies.turn(), replies))
			.doOnTerminate(replies::ended)
			.doOnCancel(replies::cancelled);
	}

	private Mono<R> follow(CacheTurn turn, Replies<R> replies) {
		if (turn instanceof CacheTurn.Hit hit) {
			return Mono.fromSupplier(() -> replies.response(hit.answer()));
		}
		if (!(turn instanceof CacheTurn.Wait wait)) {
			return replied(replies);
		}
		Duration bound = Duration.ofNanos(this.run.patience().bound(replies.waitNanos(wait)));
		return Mono.fromFuture(wait.end(), true)
			.map(Optional::of)
			.timeout(bound, Mono.just(Optional.empty()))
			// not flatMap, as in ReactiveAdmission
			.flatMapMany((shared) -> follow(
					shared.isPresent() ? replies.turn(shared.get()) : replies.make(wait.alone()), replies))
			.singleOrEmpty();
	}

	/**
	 * Has the callee answer, and nobody else.
	 */
	Mono<R> call() {
		return Mono.defer(() -> {
			this.run.begin();
			return admit(Segment.CALL, (lease) -> attempt().doOnTerminate(() -> lease.release(this.last)));
		});
	}

	private Mono<R> replied(Replies<R> replies) {
		return call().map((response) -> new Ended<>(response, this.last, null))
			.onErrorResume((error) -> Mono.just(new Ended<>(null, this.last, error)))
			.flatMapMany((ended) -> this.subscriber.run(() -> reply(replies, ended)))
			.singleOrEmpty();
	}

	private Mono<R> reply(Replies<R> replies, Ended<R> ended) {
		R response = ended.response();
		Throwable error = ended.error();
		if (response != null) {
			Outcome outcome = this.run.responded(this.exchange.head(response));
			Answer answer = replies.insteadOf(outcome);
			return (answer != null) ? discard(response).then(Mono.fromSupplier(() -> replies.response(answer)))
					: Mono.just(replies.copied(response, outcome.status()));
		}
		Answer answer = (error instanceof Exception failure) ? replies.insteadOf(failure, this.exchange.isOwnFailure())
				: null;
		return (answer != null) ? Mono.just(replies.response(answer)) : Mono.error(Objects.requireNonNull(error));
	}

	private Mono<R> attempt() {
		return admit(Segment.ATTEMPT, (lease) -> Mono.defer(() -> send(this.run.next(), lease)));
	}

	private Mono<R> admit(Segment segment, Function<PermitLease, Mono<R>> admitted) {
		ReactiveAdmission<R> admission = new ReactiveAdmission<>(this.run.patience(), admitted,
				(rejection) -> Mono.error(this.run.rejected(rejection)));
		return Mono.defer(() -> admission.follow(ask(segment)));
	}

	private Decision ask(Segment segment) {
		return this.subscriber.isCurrent(this.run.number() == 0) ? this.run.ask(segment)
				: this.subscriber.run(() -> this.run.ask(segment));
	}

	private Mono<R> send(Attempt attempt, PermitLease lease) {
		Fault fault = lease.fault();
		Mono<R> sent = Mono.defer(() -> (fault == null) ? send(attempt) : meet(fault, attempt))
			.switchIfEmpty(Mono.error(() -> new IllegalStateException("neither response nor error")));
		if (attempt.isBounded()) {
			sent = sent.timeout(Duration.ofNanos(attempt.timeoutNanos()));
		}
		return sent.map((response) -> new Ended<>(response, this.run.responded(this.exchange.head(response)), null))
			.onErrorResume((error) -> Mono
				.just(new Ended<>(null, this.run.failed(attempt, error, this.exchange.isOwnFailure()), error)))
			// not flatMap, as in ReactiveAdmission: a further attempt must see the
			// cancellation
			.flatMapMany((ended) -> {
				this.last = ended.outcome();
				lease.release(ended.outcome());
				return next(ended);
			})
			.singleOrEmpty();
	}

	private Mono<R> send(Attempt attempt) {
		return this.subscriber.isCurrent(attempt.number() == 1) ? this.exchange.send(attempt)
				: this.subscriber.on(() -> this.exchange.send(attempt));
	}

	private Mono<R> meet(Fault fault, Attempt attempt) {
		Mono<R> ended = Mono.defer(() -> end(fault, this.run.left(attempt, fault)));
		return (fault.delayNanos() == 0) ? ended
				: Mono.delay(Duration.ofNanos(CallRun.delayNanos(attempt, fault))).then(ended);
	}

	private Mono<R> end(Fault fault, @Nullable Attempt left) {
		if (left == null) {
			return Mono.error(this.exchange.failure(InjectedFailures.late(fault)));
		}
		Abort abort = fault.abort();
		if (abort == null) {
			return send(left);
		}
		return (abort.kind() == Outcome.Kind.RESPONSE)
				? Mono.fromSupplier(() -> this.exchange.answer(abort.status(), fault.rule()))
				: Mono.error(this.exchange.failure(InjectedFailures.of(fault, abort)));
	}

	private Mono<R> next(Ended<R> ended) {
		long wait = this.run.waitAfterLast(this.exchange.isRepeatable());
		if (wait == RetrySchedule.STOP) {
			return (ended.response() != null) ? Mono.just(ended.response()) : Mono.error(this.run.failure());
		}
		return discard(ended.response()).then(Mono.delay(Duration.ofNanos(wait))).then(attempt());
	}

	private Mono<Void> discard(@Nullable R response) {
		if (response == null) {
			return Mono.empty();
		}
		return this.exchange.discard(response).timeout(Duration.ofNanos(this.run.discardNanos())).onErrorComplete();
	}

	/**
	 * An attempt that ended: with a response, or with an error.
	 */
	private record Ended<R>(@Nullable R response, Outcome outcome, @Nullable Throwable error) {
	}

}
