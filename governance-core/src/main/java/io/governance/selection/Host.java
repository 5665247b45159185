// SPDX-License-Identifier: Apache-2.0

package io.governance.selection;

import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

import io.governance.policy.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * An instance with this process's own experience of it. One object for as long as the
 * instance stays the same, compared by identity. Adapters extend it by what they call the
 * instance with. Thread-safe without locks.
 * <p>
 * The cost is the peak-sensitive moving average of latencies (after Finagle): a sample
 * above it becomes it, others are mixed in with weight {@code 1 - exp(-t / 10 s)}, where
 * t is the time since the last one, and with 0.3 at least (that is ours): with many calls
 * one late answer would else make a host look slow for seconds, and a pause of the caller
 * all of them, which hides those that are. It decays while the host is idle, and not
 * while an attempt is awaited: no answer is no good sign. An attempt that failed can only
 * raise it, so that the cost falls no faster than with time: failing fast is not being
 * fast. One that was turned away ends the time in which it decays, too: no ejection ends
 * that, and others can take the call.
 */
public class Host {

	private static final AtomicIntegerFieldUpdater<Host> ACTIVE = AtomicIntegerFieldUpdater.newUpdater(Host.class,
			"active");

	private static final AtomicLongFieldUpdater<Host> COST = AtomicLongFieldUpdater.newUpdater(Host.class, "cost");

	private static final AtomicLongFieldUpdater<Host> MEASURED_NANOS = AtomicLongFieldUpdater.newUpdater(Host.class,
			"measuredNanos");

	private static final AtomicLongFieldUpdater<Host> LATEST_NANOS = AtomicLongFieldUpdater.newUpdater(Host.class,
			"latestNanos");

	private static final AtomicLongFieldUpdater<Host> PICKED_NANOS = AtomicLongFieldUpdater.newUpdater(Host.class,
			"pickedNanos");

	private static final double DECAY_NANOS = 10e9;

	private static final double MOST_KEPT = 0.7;

	private static final double NEGLIGIBLE = 1e-3;

	private static final int TOO_MANY_REQUESTS = 429;

	private static final int FIRST_ERROR = 500;

	private final Identity identity;

	private final int weight;

	private final long startMillis;

	// not objects of their own: a pick among thousands waits for memory most of all
	private volatile int active;

	/** The bits of the cost; negative as long as nothing was measured. */
	private volatile long cost = Double.doubleToRawLongBits(-1);

	private volatile long measuredNanos;

	private volatile long latestNanos;

	private volatile long pickedNanos;

	/**
	 * Creates a host that nobody has called yet.
	 * @param identity what it is
	 * @param weight its static weight; 0 for calls only where there is nothing else
	 * @param startMillis when it started, in milliseconds since the epoch; 0 when unknown
	 */
	public Host(Identity identity, int weight, long startMillis) {
		if (weight < 0) {
			throw new IllegalArgumentException("weight of " + identity.id() + ": " + weight + " (expected: 0 or more)");
		}
		this.identity = identity;
		this.weight = weight;
		this.startMillis = startMillis;
	}

	/**
	 * Its id.
	 * @return the id, unique within the service
	 */
	public final String id() {
		return this.identity.id();
	}

	/**
	 * Where it is.
	 * @return the zone; {@code null} when unknown
	 */
	public final @Nullable String zone() {
		return this.identity.zone();
	}

	/**
	 * What it says about itself.
	 * @return values by name
	 */
	public final Map<String, String> metadata() {
		return this.identity.metadata();
	}

	/**
	 * Its static weight.
	 * @return the weight, 0 or more
	 */
	public final int weight() {
		return this.weight;
	}

	/**
	 * When it started.
	 * @return milliseconds since the epoch; 0 when unknown
	 */
	public final long startMillis() {
		return this.startMillis;
	}

	/**
	 * Notes that an attempt begins. Must be followed by exactly one {@link #end}.
	 */
	public final void begin() {
		ACTIVE.incrementAndGet(this);
	}

	/**
	 * Notes how an attempt ended.
	 * @param outcome the ending
	 * @param nowNanos the time on the monotonic clock
	 */
	public final void end(Outcome outcome, long nowNanos) {
		ACTIVE.decrementAndGet(this);
		if (outcome.kind() == Outcome.Kind.CONNECT_FAILURE) {
			// who refuses at once is asked again soon: outlier detection is to see it
			LATEST_NANOS.lazySet(this, Math.min(this.latestNanos, outcome.nanos()));
		}
		else if (!outcome.ignored()) {
			measure(outcome, nowNanos);
		}
	}

	private void measure(Outcome outcome, long now) {
		if (isAnswer(outcome) || outcome.kind() == Outcome.Kind.TIMEOUT) {
			LATEST_NANOS.lazySet(this, outcome.nanos());
		}
		double decay = decay(now - MEASURED_NANOS.getAndSet(this, now));
		long bits;
		double next;
		do {
			bits = this.cost;
			next = next(Double.longBitsToDouble(bits), decay, outcome);
		}
		while (!COST.compareAndSet(this, bits, Double.doubleToRawLongBits(next)));
	}

	private static double next(double old, double decay, Outcome outcome) {
		double sample = outcome.nanos();
		boolean answered = isAnswer(outcome);
		if (old < 0) {
			return (answered || outcome.kind() == Outcome.Kind.TIMEOUT) ? sample : old;
		}
		if (!answered) {
			return Math.max(sample, isTurnedAway(outcome) ? old : old * decay);
		}
		double kept = Math.min(decay, MOST_KEPT);
		return (sample > old) ? sample : old * kept + sample * (1 - kept);
	}

	private static boolean isAnswer(Outcome outcome) {
		return outcome.kind() == Outcome.Kind.RESPONSE && !isTurnedAway(outcome) && outcome.status() < FIRST_ERROR;
	}

	private static boolean isTurnedAway(Outcome outcome) {
		return outcome.notProcessed() || outcome.status() == TOO_MANY_REQUESTS;
	}

	/**
	 * The attempts that are under way.
	 * @return how many
	 */
	public final int active() {
		return this.active;
	}

	/**
	 * Whether the latency of an attempt was ever measured.
	 * @return whether {@link #cost} says something
	 */
	public final boolean isMeasured() {
		return this.cost >= 0;
	}

	/**
	 * The cost of an attempt now.
	 * @param nowNanos the time on the monotonic clock
	 * @return nanoseconds; 0 when nothing was measured
	 */
	public final double cost(long nowNanos) {
		double measured = Double.longBitsToDouble(this.cost);
		if (measured < 0) {
			return 0;
		}
		return (this.active > 0) ? measured : measured * decay(nowNanos - this.measuredNanos);
	}

	/**
	 * How long its latest answer took, or the attempt that waited for one in vain; no
	 * longer than a refusal to connect since then took.
	 * @return nanoseconds; 0 when nothing was measured
	 */
	public final long latestNanos() {
		return this.latestNanos;
	}

	/**
	 * Notes that it was picked. Not needed where nobody asks {@link #claimIfUnpicked}.
	 * @param nowNanos the time on the monotonic clock
	 */
	public final void picked(long nowNanos) {
		// a claim that does not see it yet is one call to a host that is not idle
		PICKED_NANOS.lazySet(this, nowNanos);
	}

	/**
	 * Takes it if nobody did for a while.
	 * @param nowNanos the time on the monotonic clock
	 * @param unpickedNanos how long nobody must have taken it
	 * @return whether it was taken; {@code true} for one of those that ask at once
	 */
	public final boolean claimIfUnpicked(long nowNanos, long unpickedNanos) {
		long before = this.pickedNanos;
		return nowNanos - before > unpickedNanos && PICKED_NANOS.compareAndSet(this, before, nowNanos);
	}

	/**
	 * Near 0 a first-order form will do, and costs a tenth.
	 */
	private static double decay(long nanos) {
		double age = Math.max(0, nanos) / DECAY_NANOS;
		return (age < NEGLIGIBLE) ? 1 - age : Math.exp(-age);
	}

	@Override
	public String toString() {
		return this.identity.id();
	}

	/**
	 * What an instance is.
	 *
	 * @param id unique within the service
	 * @param zone where it is; {@code null} when unknown
	 * @param metadata what it says about itself
	 */
	public record Identity(String id, @Nullable String zone, Map<String, String> metadata) {

		/**
		 * Copies the map.
		 */
		public Identity {
			metadata = Map.copyOf(metadata);
		}

	}

}
