// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.grpc;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;

import io.grpc.ServerCall;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for the listener of a call that is not let in yet. What comes meanwhile is
 * kept in order: little, since nobody has asked for messages. gRPC calls it from one
 * thread at a time.
 *
 * @param <Q> the request
 */
final class HeldListener<Q> extends ServerCall.Listener<Q> {

	private final Queue<Runnable> events = new ArrayDeque<>();

	private final Runnable cancelled;

	private ServerCall.@Nullable Listener<Q> listener;

	private boolean open;

	/**
	 * Creates it.
	 * @param cancelled runs when the client is gone before the call was let in
	 */
	HeldListener(Runnable cancelled) {
		this.cancelled = cancelled;
	}

	/**
	 * Lets the call in.
	 */
	void start(Supplier<ServerCall.Listener<Q>> start) {
		ServerCall.Listener<Q> started = start.get();
		synchronized (this.events) {
			this.listener = started;
		}
		for (Runnable event = next(); event != null; event = next()) {
			event.run();
		}
	}

	/**
	 * What gRPC is to call: without a detour where the call is let in already.
	 */
	ServerCall.Listener<Q> listener() {
		synchronized (this.events) {
			return (this.open && this.listener != null) ? this.listener : this;
		}
	}

	private @Nullable Runnable next() {
		synchronized (this.events) {
			Runnable event = this.events.poll();
			this.open = event == null;
			return event;
		}
	}

	private void deliver(Runnable event) {
		synchronized (this.events) {
			if (!this.open) {
				this.events.add(event);
				return;
			}
		}
		event.run();
	}

	private ServerCall.Listener<Q> delegate() {
		synchronized (this.events) {
			if (this.listener == null) {
				throw new IllegalStateException("not let in");
			}
			return this.listener;
		}
	}

	@Override
	public void onMessage(Q message) {
		deliver(() -> delegate().onMessage(message));
	}

	@Override
	public void onHalfClose() {
		deliver(() -> delegate().onHalfClose());
	}

	@Override
	public void onCancel() {
		boolean waiting;
		synchronized (this.events) {
			waiting = this.listener == null;
		}
		if (waiting) {
			this.cancelled.run();
		}
		deliver(() -> delegate().onCancel());
	}

	@Override
	public void onComplete() {
		deliver(() -> delegate().onComplete());
	}

	@Override
	public void onReady() {
		deliver(() -> delegate().onReady());
	}

}
