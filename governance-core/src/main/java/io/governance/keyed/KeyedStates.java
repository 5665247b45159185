// SPDX-License-Identifier: Apache-2.0

package io.governance.keyed;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.governance.match.CallKey;
import io.governance.policy.Call;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * States by key. A state is dropped only when room is needed and it is idle: a cache that
 * evicts would free a key of its limit when others flood it. Keys that find no room share
 * one state. The bound is kept loosely under concurrency: at most by the number of
 * threads. A call that is given a state at the very moment it is dropped counts on that
 * state, not on the key's next one. Thread-safe.
 *
 * @param <S> the state
 */
public final class KeyedStates<S extends KeyedState> {

	/** The name of the state that keys share for which there is no room. */
	public static final String SHARED = "*";

	/** How many states are described. */
	static final int DESCRIBED = 50;

	private static final long SWEEP_NANOS = 100_000_000L;

	private final CallKey key;

	private final int maxKeys;

	private final TimeSource time;

	private final LongAdder overflow;

	private final Function<String, S> factory;

	private final Map<String, S> byKey = new ConcurrentHashMap<>();

	private final S shared;

	private final AtomicLong nextSweep;

	/**
	 * Creates no state but the shared one.
	 * @param key what is kept apart
	 * @param maxKeys how many keys at most
	 * @param time the clock
	 * @param overflow counts the calls that share a state for want of room
	 * @param factory makes the state of a key
	 */
	public KeyedStates(CallKey key, int maxKeys, TimeSource time, LongAdder overflow, Function<String, S> factory) {
		this.key = key;
		this.maxKeys = maxKeys;
		this.time = time;
		this.overflow = overflow;
		this.factory = factory;
		this.shared = factory.apply(SHARED);
		this.nextSweep = new AtomicLong(time.nanoTime());
	}

	/**
	 * The state of a call's key.
	 * @param call the call
	 * @return its state, or the shared one
	 */
	public S of(Call call) {
		String value = BoundedKey.of(this.key.of(call));
		S state = this.byKey.get(value);
		if (state != null) {
			return state;
		}
		if (isFull()) {
			this.overflow.increment();
			return this.shared;
		}
		return this.byKey.computeIfAbsent(value, this.factory);
	}

	/**
	 * The state that {@link #of} would give now, without effect.
	 * @param call the call
	 * @return its state, or the shared one; {@code null} for a new one
	 */
	public @Nullable S find(Call call) {
		S state = this.byKey.get(BoundedKey.of(this.key.of(call)));
		return (state == null && isFullAfterSweep()) ? this.shared : state;
	}

	private boolean isFullAfterSweep() {
		int size = this.byKey.size();
		if (size < this.maxKeys || this.time.nanoTime() - this.nextSweep.get() < 0) {
			return size >= this.maxKeys;
		}
		return size - this.byKey.values().stream().filter(KeyedState::isIdle).count() >= this.maxKeys;
	}

	private boolean isFull() {
		if (this.byKey.size() < this.maxKeys) {
			return false;
		}
		long now = this.time.nanoTime();
		long due = this.nextSweep.get();
		if (now - due >= 0 && this.nextSweep.compareAndSet(due, now + SWEEP_NANOS)) {
			this.byKey.values().removeIf(KeyedStates::drop);
		}
		return this.byKey.size() >= this.maxKeys;
	}

	private static boolean drop(KeyedState state) {
		boolean idle = state.isIdle();
		if (idle) {
			state.dropped();
		}
		else {
			state.kept();
		}
		return idle;
	}

	/**
	 * Describes the states, for operators.
	 * @param description what to say of one
	 * @return such as {@code inventory=OPEN payments=CLOSED}, in the order of the keys;
	 * what is over {@value #DESCRIBED} is only counted
	 */
	public String describe(Function<? super S, String> description) {
		Map<String, S> sorted = new TreeMap<>(this.byKey);
		String described = sorted.entrySet()
			.stream()
			.limit(DESCRIBED)
			.map((entry) -> entry.getKey() + "=" + description.apply(entry.getValue()))
			.collect(Collectors.joining(" "));
		return (sorted.size() <= DESCRIBED) ? described : described + " and " + (sorted.size() - DESCRIBED) + " more";
	}

}
