// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.concurrencylimit;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.governance.keyed.KeyedState;
import io.governance.policy.Decision;
import io.governance.policy.Outcome;
import io.governance.policy.Permit;
import io.governance.policy.Call.Priority;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * The limit of one key, and the calls in flight under it. One permit per priority is
 * shared by all calls: nothing is held per call. Who ends a window works out the next
 * limit.
 */
final class AdaptiveLimit implements KeyedState {

	/** What is quicker was answered from a cache, or by the next best filter. */
	static final long SHORTEST_CALL = TimeUnit.MICROSECONDS.toNanos(100);

	/** What was learnt so long ago is worth no more than a new beginning. */
	static final long FORGOTTEN = TimeUnit.MINUTES.toNanos(10);

	private static final int FIRST_ERROR = 400;

	private final TimeSource time;

	private final InFlight inFlight = new InFlight();

	private final Decision[] admitted;

	private final AtomicReference<Running> running;

	private final AtomicReference<Window> window;

	AdaptiveLimit(ConcurrencyLimitRule rule, TimeSource time) {
		this.time = time;
		this.admitted = Arrays.stream(Priority.values())
			.map((priority) -> new Decision.Admitted(new Permit.Shared((outcome) -> release(priority, outcome))))
			.toArray(Decision[]::new);
		this.running = new AtomicReference<>(new Running(rule, Gradient2.startingAt(rule.initial())));
		this.window = new AtomicReference<>(new Window(time.nanoTime(), Window.SHORTEST, 0));
	}

	/**
	 * Asks for a permit.
	 * @param priority the call's priority
	 * @param rule the rule in force
	 * @return the shared admission, or {@code null} when there is none
	 */
	@Nullable Decision tryAcquire(Priority priority, ConcurrencyLimitRule rule) {
		Running current = running();
		if (!current.rule.equals(rule)) {
			this.running.updateAndGet((before) -> before.under(rule));
			current = running();
		}
		int now = this.inFlight.tryEnter(priority, current.room);
		if (now == 0) {
			return null;
		}
		window().inFlight(now);
		return this.admitted[priority.ordinal()];
	}

	/**
	 * Whether {@link #tryAcquire} would give a permit now.
	 */
	boolean wouldAdmit(Priority priority, ConcurrencyLimitRule rule) {
		Running current = running();
		Room room = (current.rule.equals(rule) ? current : current.under(rule)).room;
		return this.inFlight.hasPlace(priority, room);
	}

	private void release(Priority priority, Outcome outcome) {
		this.inFlight.leave(priority);
		if (outcome.ignored()) {
			return;
		}
		Running current = running();
		boolean drop = current.rule.isDrop(outcome);
		if (drop || current.isTelling(outcome)) {
			collect(outcome.nanos(), drop);
		}
	}

	private void collect(long nanos, boolean drop) {
		long now = this.time.nanoTime();
		Window current = window();
		if (current.isStaleFor(now - nanos)) {
			replace(current, Window.SHORTEST, now);
			current = window();
		}
		if (drop) {
			current.addDrop(now);
		}
		else {
			current.add(nanos, now);
		}
		if (current.isOver(now) && replace(current, current.nextLength(), now)) {
			Window.Sample sample = current.sample();
			this.running.updateAndGet((before) -> before.after(sample));
		}
	}

	private Running running() {
		return Objects.requireNonNull(this.running.get());
	}

	private Window window() {
		return Objects.requireNonNull(this.window.get());
	}

	private boolean replace(Window current, long length, long now) {
		return this.window.compareAndSet(current, new Window(now, length, this.inFlight.total()));
	}

	@Override
	public boolean isIdle() {
		return this.inFlight.total() == 0 && (running().isNew() || this.time.nanoTime() - window().last() > FORGOTTEN);
	}

	/**
	 * Says how it stands.
	 * @return such as
	 * {@code limit:24,critical:2,default:18,sheddable:0,rtt:131.0ms,usual:102.5ms}
	 */
	@Override
	public String toString() {
		Running current = running();
		return String.format(Locale.ROOT, "limit:%d,critical:%d,default:%d,sheddable:%d,rtt:%.1fms,usual:%.1fms",
				current.room.limit(), this.inFlight.of(Priority.CRITICAL), this.inFlight.of(Priority.DEFAULT),
				this.inFlight.of(Priority.SHEDDABLE), current.estimate.latest() / 1e6, current.estimate.usual() / 1e6);
	}

	/**
	 * What is in force from one window to the next.
	 */
	private static final class Running {

		private final ConcurrencyLimitRule rule;

		private final Gradient2 estimate;

		private final Room room;

		Running(ConcurrencyLimitRule rule, Gradient2 estimate) {
			this.rule = rule;
			this.estimate = estimate;
			this.room = Room.of(estimate.limit(), rule);
		}

		Running under(ConcurrencyLimitRule other) {
			return new Running(other, this.estimate.under(other));
		}

		Running after(Window.Sample sample) {
			return new Running(this.rule, this.estimate.next(sample, this.rule));
		}

		boolean isNew() {
			return this.estimate.equals(Gradient2.startingAt(this.rule.initial()));
		}

		/**
		 * Whether it says how long calls take. An error that came sooner than answers do
		 * does not: a time of fast failures would be taken for what is usual, and the
		 * recovery from it for an overload.
		 */
		boolean isTelling(Outcome outcome) {
			if (outcome.nanos() < SHORTEST_CALL || outcome.kind() == Outcome.Kind.CONNECT_FAILURE) {
				return false;
			}
			boolean answered = outcome.kind() == Outcome.Kind.RESPONSE && outcome.status() < FIRST_ERROR;
			return answered || (this.estimate.learnt() > 0 && outcome.nanos() >= this.estimate.usual());
		}

	}

}
