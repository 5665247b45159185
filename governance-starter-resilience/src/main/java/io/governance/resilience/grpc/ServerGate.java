// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.grpc;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

import io.governance.policy.Decision;
import io.governance.policy.Outcome;
import io.governance.policy.Permit;
import io.governance.policy.Permit.Fault;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.resilience.admission.AsyncAdmission;
import io.governance.resilience.admission.Injection;
import io.governance.resilience.admission.Patience;
import io.governance.resilience.admission.PermitLease;
import io.governance.resilience.admission.Timer;
import io.governance.time.TimeSource;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;

/**
 * Carries out what the engine decided on a segment. Thread-safe.
 */
final class ServerGate {

	private final ContextSnapshotFactory snapshots = ContextSnapshotFactory.builder().build();

	private final TimeSource time;

	private final Timer timer;

	private final Executor late;

	ServerGate(TimeSource time, Timer timer, Executor late) {
		this.time = time;
		this.timer = timer;
		this.late = late;
	}

	/**
	 * Lets a call in, after a wait if need be, or answers it.
	 * @param start lets it in
	 * @return what gRPC is to call
	 */
	<Q, R> ServerCall.Listener<Q> pass(Decision decision, ServerRun run, ServerCall<Q, R> call,
			Supplier<ServerCall.Listener<Q>> start) {
		return new Passage<>(run, call, start).follow(decision);
	}

	/**
	 * One call on its way in.
	 */
	private final class Passage<Q, R> {

		private final ServerRun run;

		private final ServerCall<Q, R> call;

		private final Supplier<ServerCall.Listener<Q>> start;

		private final Patience patience;

		private final AsyncAdmission admission;

		private final HeldListener<Q> held = new HeldListener<>(this::cancel);

		private final Context context = Context.current();

		private final ContextSnapshot snapshot = ServerGate.this.snapshots.captureAll();

		private final Thread thread = Thread.currentThread();

		private volatile boolean gone;

		private boolean returned;

		private Passage(ServerRun run, ServerCall<Q, R> call, Supplier<ServerCall.Listener<Q>> start) {
			this.run = run;
			this.call = call;
			this.start = start;
			this.patience = new Patience(ServerGate.this.time, run.run().context().deadline());
			this.admission = new AsyncAdmission(ServerGate.this.timer, this.patience, this::admit, this::reject);
		}

		private ServerCall.Listener<Q> follow(Decision decision) {
			this.admission.follow(decision);
			this.returned = true;
			return this.held.listener();
		}

		private void cancel() {
			this.gone = true;
			this.admission.cancel();
			this.run.run().fail(Outcome.Kind.CANCELLED, null);
		}

		private void admit(PermitLease lease) {
			Permit permit = lease.take();
			this.run.run().hold(permit);
			this.run.tell(permit.quotas());
			Fault fault = permit.fault();
			if (fault == null) {
				enter();
			}
			else {
				meet(Injection.of(fault, this.patience));
			}
		}

		private void meet(Injection injection) {
			Rejection answer = injection.answer();
			Runnable then = (answer != null) ? () -> reject(answer) : this::enter;
			if (injection.waitNanos() == 0) {
				then.run();
			}
			else if (ServerGate.this.timer.after(then, injection.waitNanos()) == null) {
				reject(Rejection.of(Reason.INSTANCE_LEAVING));
			}
		}

		private void reject(Rejection rejection) {
			this.run.run().fail(Outcome.Kind.REJECTED, null);
			this.run.reject();
			Metadata trailers = GrpcStatuses.trailers(rejection, true);
			if (rejection.quota() != null) {
				this.run.replaceQuotas(rejection.quota());
			}
			this.call.close(GrpcStatuses.of(rejection), trailers);
		}

		private void enter() {
			if (Thread.currentThread() == this.thread && !this.returned) {
				this.held.start(this.start);
			}
			else if (!this.gone) {
				goOn();
			}
		}

		private void goOn() {
			try {
				ServerGate.this.late.execute(this::enterLater);
			}
			catch (RejectedExecutionException ex) {
				reject(Rejection.of(Reason.INSTANCE_LEAVING));
			}
		}

		/**
		 * The thread is not that of the call, and nobody catches what its handler throws.
		 */
		private void enterLater() {
			try (ContextSnapshot.Scope scope = this.snapshot.setThreadLocals()) {
				this.context.run(() -> this.held.start(this.start));
			}
			catch (RuntimeException | Error ex) {
				this.run.run().fail(Outcome.Kind.ERROR, ex);
				this.call.close(Status.UNKNOWN.withCause(ex), new Metadata());
			}
		}

	}

}
