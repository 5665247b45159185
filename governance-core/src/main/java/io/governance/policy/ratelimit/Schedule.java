// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.ratelimit;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import io.governance.policy.Decision;
import io.governance.policy.Outcome;
import io.governance.policy.Permit;
import io.governance.policy.Policy.Forecast;
import io.governance.time.TimeSource;

/**
 * A limiter that gives each call a turn: the generic cell rate algorithm (ITU-T I.371) as
 * virtual scheduling. A call takes its interval of the schedule, behind the calls before
 * it, and may be ahead of the schedule by {@code burst - 1} intervals; what is too early
 * waits, or is rejected if it would wait too long. {@link WarmUp} makes intervals longer.
 *
 * <p>
 * Not Bucket4j: its reservations cannot be taken back without two calls getting one turn.
 * Here a call that gives up before its turn leaves no gap if no other came after it; else
 * its turn stays empty, for the others know their times already.
 */
final class Schedule implements Limiter {

	private final Rate rate;

	private final TimeSource time;

	private final WarmUp warmUp;

	private final long tolerance;

	private final long maxWait;

	private final AtomicReference<State> state;

	Schedule(Rate rate, TimeSource time) {
		this.rate = rate;
		this.time = time;
		this.warmUp = WarmUp.of(rate);
		this.tolerance = (long) Math.min(Long.MAX_VALUE / 4.0, (rate.burst() - 1.0) * rate.intervalNanos());
		this.maxWait = rate.maxWait().toNanos();
		this.state = new AtomicReference<>(new State(time.nanoTime(), this.warmUp.coldest()));
	}

	@Override
	public Decision tryAcquire(Answers answers) {
		while (true) {
			State before = current();
			long now = this.time.nanoTime();
			long pause = Math.max(0, now - before.end);
			long start = before.end + pause;
			long wait = waitAt(before, now);
			if (wait > this.maxWait) {
				return answers.rejected(this, wait - this.maxWait);
			}
			double stored = this.warmUp.paused(before.stored, pause);
			State after = new State(start + this.warmUp.nanosOf(stored), this.warmUp.used(stored));
			if (this.state.compareAndSet(before, after)) {
				return (wait <= 0) ? answers.admitted(this)
						: answers.delayed(this, new Turn(before, after, now + wait), wait);
			}
		}
	}

	@Override
	public Forecast foresee(Answers answers) {
		long wait = waitAt(current(), this.time.nanoTime());
		if (wait > this.maxWait) {
			return Forecast.reject(answers.rejection(this, wait - this.maxWait), state());
		}
		return (wait <= 0) ? Forecast.admit(state()) : Forecast.delay(wait, state());
	}

	/**
	 * How long a call waits for its turn; nothing or less where it is there already.
	 */
	private long waitAt(State state, long now) {
		return Math.max(0, state.end - now) - this.tolerance;
	}

	@Override
	public Rate rate() {
		return this.rate;
	}

	@Override
	public long available() {
		State current = current();
		long ahead = current.end - this.time.nanoTime();
		if (ahead > this.tolerance) {
			return 0;
		}
		double stored = this.warmUp.paused(current.stored, Math.max(0, -ahead));
		long room = this.tolerance - Math.max(0, ahead);
		return Math.min(this.rate.burst(), room / this.warmUp.nanosOf(stored) + 1);
	}

	@Override
	public long nanosToFull() {
		return Math.max(0, current().end - this.time.nanoTime());
	}

	@Override
	public String state() {
		State current = current();
		long ahead = current.end - this.time.nanoTime();
		double stored = this.warmUp.paused(current.stored, Math.max(0, -ahead));
		long percent = Math.round(100 * this.warmUp.interval() / this.warmUp.nanosOf(stored));
		return "available=" + available() + " wait=" + Math.max(0, ahead - this.tolerance) / 1_000_000 + "ms rate="
				+ percent + "%";
	}

	private State current() {
		return Objects.requireNonNull(this.state.get(), "never set to null");
	}

	/**
	 * @param end where the schedule is taken up to, on the clock
	 * @param stored permits that pauses have stored
	 */
	private record State(long end, double stored) {
	}

	/**
	 * What a call holds that waits for its turn.
	 */
	private final class Turn implements Permit {

		private final State before;

		private final State after;

		private final long start;

		Turn(State before, State after, long start) {
			this.before = before;
			this.after = after;
			this.start = start;
		}

		@Override
		public void release(Outcome outcome) {
			if (outcome.ignored() && Schedule.this.time.nanoTime() - this.start < 0) {
				// fails if others have turns after this one
				Schedule.this.state.compareAndSet(this.after, this.before);
			}
		}

	}

}
