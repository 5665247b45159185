// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CancellationException;

import io.governance.context.CallContext;
import io.governance.context.LabelSource;
import io.governance.execution.Deadline;
import io.governance.resilience.execution.Answers;
import io.governance.resilience.execution.Attempt;
import io.governance.resilience.execution.BlockingCallExecutor;
import io.governance.resilience.execution.BlockingExchange;
import io.governance.resilience.execution.CallExecution;
import io.governance.resilience.execution.ResponseHead;
import org.jspecify.annotations.Nullable;

/**
 * Runs blocking work of this process under the rules that name it, wholly on the caller's
 * thread. Such work cannot be cut: the time of a rule becomes the deadline of the calls
 * that it makes, and no further attempt begins past it. Thread-safe.
 */
public final class LocalCalls {

	private final CallExecution execution;

	private final LabelSource labels;

	private final PrincipalSource principals;

	private final BlockingCallExecutor executor;

	/**
	 * Creates it.
	 * @param execution what it works with
	 * @param labels gives the labels of the current call
	 * @param principals knows who calls
	 */
	public LocalCalls(CallExecution execution, LabelSource labels, PrincipalSource principals) {
		this.execution = execution;
		this.labels = labels;
		this.principals = principals;
		this.executor = new BlockingCallExecutor(execution);
	}

	/**
	 * Runs work.
	 * @param work which work
	 * @param task does it, once per attempt
	 * @return what the last attempt gave
	 * @param <T> what that is
	 * @throws Throwable what the last attempt threw;
	 * {@link io.governance.policy.CallRejectedException} if the rules do not let it go,
	 * or its time was up; {@link CancellationException} if the thread was interrupted
	 * while it waited, and stays so
	 */
	public <T extends @Nullable Object> T run(LocalWork work, Task<T> task) throws Throwable {
		return run(work, null, task);
	}

	/**
	 * Runs work whose result may be kept, or be another one.
	 * @param work which work
	 * @param subject what its result depends on; {@code null} where nobody knows
	 * @param task does it, once per attempt
	 * @return what the last attempt gave, or what the rules give in place of it
	 * @param <T> what that is
	 * @throws Throwable as {@link #run(LocalWork, Task)}
	 */
	public <T extends @Nullable Object> T run(LocalWork work, @Nullable LocalSubject subject, Task<T> task)
			throws Throwable {
		CallContext context = CallContext.current();
		LocalCall call = call(work, context, subject, new AskedPrincipal(this.principals));
		Exchange<T> exchange = new Exchange<>(call, context, task);
		try {
			return this.executor.execute(call, context, exchange).value();
		}
		catch (CheckedFailure ex) {
			throw ex.checked();
		}
		catch (IOException ex) {
			if (ex == exchange.thrown) {
				throw ex;
			}
			if (!Thread.currentThread().isInterrupted()) {
				// a fault on purpose, of which the method may not say that it throws it
				throw new UncheckedIOException(ex);
			}
			CancellationException interrupted = new CancellationException(ex.getMessage());
			interrupted.initCause(ex);
			throw interrupted;
		}
	}

	LocalCall call(LocalWork work, CallContext context, @Nullable LocalSubject subject, PrincipalSource principal) {
		return new LocalCall(work, this.execution.caller(), context, this.labels, subject, principal);
	}

	PrincipalSource principals() {
		return this.principals;
	}

	CallContext attempting(CallContext context, Attempt attempt) {
		return context.attempting(
				(attempt.timeout() != null) ? Deadline.in(this.execution.time(), attempt.timeout()) : null,
				attempt.number());
	}

	CallExecution execution() {
		return this.execution;
	}

	/**
	 * Work that may fail with anything.
	 *
	 * @param <T> what it gives
	 */
	@FunctionalInterface
	public interface Task<T extends @Nullable Object> {

		/**
		 * Does the work once.
		 * @return what it gives
		 * @throws Throwable if it fails
		 */
		T run() throws Throwable;

	}

	/**
	 * Makes the attempts.
	 */
	private final class Exchange<T extends @Nullable Object> implements BlockingExchange<Given<T>> {

		private final CallContext context;

		private final LocalCall call;

		private final Task<T> task;

		private @Nullable Throwable thrown;

		Exchange(LocalCall call, CallContext context, Task<T> task) {
			this.call = call;
			this.context = context;
			this.task = task;
		}

		@Override
		public Given<T> send(Attempt attempt) throws IOException {
			try (CallContext.Scope scope = attempting(this.context, attempt).makeCurrent()) {
				return new Given<>(this.task.run());
			}
			catch (IOException ex) {
				this.thrown = ex;
				throw ex;
			}
			catch (RuntimeException | Error ex) {
				throw ex;
			}
			catch (Throwable ex) {
				throw new CheckedFailure(ex);
			}
		}

		@Override
		public Given<T> answer(int status, String rule) {
			throw Given.injected(status, rule);
		}

		@Override
		public ResponseHead head(Given<T> given) {
			return Given.HEAD;
		}

		@Override
		@SuppressWarnings("unchecked")
		public @Nullable Answers<Given<T>> answers() {
			return this.call.answers((value) -> new Given<>((T) value), Given::value);
		}

		@Override
		public boolean isRepeatable() {
			return true;
		}

		@Override
		public void discard(Given<T> given, long boundNanos) {
			// holds nothing
		}

	}

}
