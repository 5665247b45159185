// SPDX-License-Identifier: Apache-2.0

package io.governance.context;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.governance.engine.CallSelection;
import io.governance.execution.Deadline;
import io.governance.policy.Outcome;
import io.governance.selection.Picker;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of one logical outbound call: which instances it has tried, where the
 * rules send it, and how long the attempt that is being made may take. The call stage
 * makes one per call and puts it among the request's attributes under {@link #ATTRIBUTE};
 * whoever picks an instance avoids those already tried, and adds the one it takes.
 * Thread-safe.
 */
public final class Attempts implements Picker.Tried {

	/** The name of the request attribute. */
	public static final String ATTRIBUTE = Attempts.class.getName();

	private static final AtomicReferenceFieldUpdater<Attempts, @Nullable Used> LAST = AtomicReferenceFieldUpdater
		.newUpdater(Attempts.class, Used.class, "last");

	private static final AtomicReferenceFieldUpdater<Attempts, @Nullable CallSelection> SELECTION = AtomicReferenceFieldUpdater
		.newUpdater(Attempts.class, CallSelection.class, "selection");

	private static final AtomicLongFieldUpdater<Attempts> TIME = AtomicLongFieldUpdater.newUpdater(Attempts.class,
			"time");

	/** No clock is ever there. */
	private static final long UNBOUNDED = Long.MIN_VALUE;

	private final String service;

	/** The instance that was tried last, and those before it. */
	private volatile @Nullable Used last;

	/** Not the number itself: the first attempt need not write it. */
	private volatile int retries;

	/**
	 * When the attempt's time is up; its lowest bit, a nanosecond that nobody misses,
	 * says whether it is enough. One number, and no object for each attempt.
	 */
	private volatile long time = UNBOUNDED;

	private volatile @Nullable CallSelection selection;

	/**
	 * Creates the attempts of a call to a service that nobody asks the name of.
	 */
	public Attempts() {
		this("");
	}

	/**
	 * Creates the attempts of a call.
	 * @param service the called service
	 */
	public Attempts(String service) {
		this.service = service;
	}

	/**
	 * The called service.
	 * @return its name; empty where it has none
	 */
	public String service() {
		return this.service;
	}

	/**
	 * The number of the attempt that is being made.
	 * @return 1 for the first
	 */
	public int number() {
		return this.retries + 1;
	}

	/**
	 * Notes which attempt is being made.
	 * @param number 1 for the first
	 */
	public void begin(int number) {
		begin(number, UNBOUNDED);
	}

	/**
	 * Notes which attempt is being made, and how long it may take.
	 * @param number 1 for the first
	 * @param time how long; {@code null} for no bound
	 */
	public void begin(int number, @Nullable Time time) {
		begin(number, (time != null) ? packed(time.end().nanoTime(), time.enough()) : UNBOUNDED);
	}

	/**
	 * Notes which attempt is being made, and how long it may take.
	 * @param number 1 for the first
	 * @param endNanos when its time is up, on the monotonic clock
	 * @param enough whether an instance that does not answer by then is to blame
	 */
	public void begin(int number, long endNanos, boolean enough) {
		begin(number, packed(endNanos, enough));
	}

	private static long packed(long endNanos, boolean enough) {
		return enough ? endNanos | 1 : endNanos & ~1L;
	}

	private void begin(int number, long packed) {
		// before the attempt, which sees this
		TIME.lazySet(this, packed);
		if (number != number()) {
			this.retries = number - 1;
		}
	}

	/**
	 * What it means that the attempt ends now without an answer, if its time is up: a
	 * client that is stopped then may report anything.
	 * @param clock the clock
	 * @return {@code TIMEOUT} where the instance had time enough, {@code CANCELLED} where
	 * it had not; {@code null} while there is time
	 */
	public Outcome.@Nullable Kind expired(TimeSource clock) {
		long bound = this.time;
		if (bound == UNBOUNDED || (bound & ~1L) - clock.nanoTime() > 0) {
			return null;
		}
		return ((bound & 1) == 1) ? Outcome.Kind.TIMEOUT : Outcome.Kind.CANCELLED;
	}

	/**
	 * When the time of the attempt that is being made is up.
	 * @return the moment; {@code null} for no bound
	 */
	public @Nullable Deadline end() {
		long bound = this.time;
		return (bound != UNBOUNDED) ? new Deadline(bound & ~1L) : null;
	}

	/**
	 * Where the rules send this call.
	 * @return what was decided at its first attempt; {@code null} before that
	 */
	public @Nullable CallSelection selection() {
		return this.selection;
	}

	/**
	 * Keeps where the rules send this call, for all of its attempts.
	 * @param decided what was decided
	 */
	public void decided(CallSelection decided) {
		// before the first attempt: those after it see this
		SELECTION.lazySet(this, decided);
	}

	/**
	 * Notes that an instance is being tried.
	 * @param instance its id
	 */
	public void add(String instance) {
		Objects.requireNonNull(instance, "instance");
		LAST.updateAndGet(this, (before) -> new Used(instance, before));
	}

	@Override
	public boolean contains(String instance) {
		for (Used tried = this.last; tried != null; tried = tried.before()) {
			if (tried.instance().equals(instance)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * The instances tried so far, in order.
	 * @return their ids
	 */
	public List<String> instances() {
		Deque<String> instances = new ArrayDeque<>();
		for (Used tried = this.last; tried != null; tried = tried.before()) {
			instances.addFirst(tried.instance());
		}
		return List.copyOf(instances);
	}

	/**
	 * An instance that was tried.
	 *
	 * @param instance its id
	 * @param before the one before
	 */
	private record Used(String instance, @Nullable Used before) {
	}

	/**
	 * How long an attempt may take.
	 *
	 * @param end when its time is up
	 * @param enough whether an instance that does not answer by then is to blame: not
	 * where the caller itself had little time left
	 */
	public record Time(Deadline end, boolean enough) {
	}

}
