// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.concurrencylimit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

import io.governance.policy.Call;
import io.governance.policy.Decision;
import io.governance.policy.Outcome;
import io.governance.policy.Permit;
import io.governance.policy.Policy;
import io.governance.policy.Call.Priority;
import io.governance.rule.TestContext;
import io.governance.time.ManualTimeSource;
import org.jspecify.annotations.Nullable;

/**
 * A server that works on so many calls at a time, each for so long, behind a queue
 * without a bound, and callers that come by chance, whatever becomes of the calls before
 * (open loop). Event by event on a manual clock, with chance from a seed: each run is the
 * same.
 */
final class OverloadSimulation {

	/** What is answered later helps nobody. */
	private static final long PATIENCE = Duration.ofSeconds(1).toNanos();

	private static final double SECOND = 1e9;

	private final ManualTimeSource time = new ManualTimeSource();

	private final Random random = new Random(42);

	private final PriorityQueue<Event> events = new PriorityQueue<>(
			Comparator.comparingLong(Event::at).thenComparingLong(Event::number));

	private final Deque<Runnable> queue = new ArrayDeque<>();

	private final List<Answer> answers = new ArrayList<>();

	private final Map<Priority, int[]> admitted = new EnumMap<>(Priority.class);

	private final Map<Priority, Call> calls = new EnumMap<>(Priority.class);

	private final @Nullable Policy policy;

	private long number;

	private int busy;

	int permits;

	long workNanos = Duration.ofMillis(100).toNanos();

	double perSecond;

	/** Shares of the calls, by priority, in this order. */
	double critical;

	double sheddable;

	OverloadSimulation(int permits, @Nullable ConcurrencyLimitRule rule) {
		this.permits = permits;
		this.policy = (rule != null) ? new ConcurrencyLimitRuleType().newPolicy(rule,
				new TestContext("concurrency-limit/c", this.time).context()) : null;
		for (Priority priority : Priority.values()) {
			this.calls.put(priority, LimitTestBed.call(priority));
		}
		reset();
	}

	private void reset() {
		this.answers.clear();
		Arrays.stream(Priority.values()).forEach((priority) -> this.admitted.put(priority, new int[2]));
	}

	/**
	 * Lets callers come.
	 * @param load how many per second
	 * @param seconds for how long
	 */
	void run(double load, int seconds) {
		boolean started = this.perSecond > 0;
		this.perSecond = load;
		if (!started) {
			at(untilNext(), this::arrive);
		}
		long end = this.time.nanoTime() + Duration.ofSeconds(seconds).toNanos();
		while (!this.events.isEmpty() && this.events.peek().at() <= end) {
			Event event = this.events.poll();
			this.time.advanceNanos(event.at() - this.time.nanoTime());
			event.action().run();
		}
		this.time.advanceNanos(end - this.time.nanoTime());
	}

	/**
	 * Lets callers come, and says what became of them.
	 */
	Figures measure(double load, int seconds) {
		reset();
		run(load, seconds);
		long inTime = this.answers.stream().filter((answer) -> answer.nanos() <= PATIENCE).count();
		long[] sorted = this.answers.stream().mapToLong(Answer::nanos).sorted().toArray();
		double p99 = (sorted.length > 0) ? sorted[(int) (sorted.length * 0.99)] / 1e6 : 0;
		return new Figures((double) inTime / seconds, p99, share(Priority.CRITICAL), share(Priority.DEFAULT),
				share(Priority.SHEDDABLE), state());
	}

	private String state() {
		return (this.policy != null) ? this.policy.state() : "";
	}

	private double share(Priority priority) {
		int[] counts = this.admitted.get(priority);
		return (counts[0] > 0) ? (double) counts[1] / counts[0] : 1;
	}

	private void at(long nanos, Runnable action) {
		this.events.add(new Event(this.time.nanoTime() + nanos, this.number++, action));
	}

	private long untilNext() {
		return (long) (-Math.log(1 - this.random.nextDouble()) / this.perSecond * SECOND);
	}

	private void arrive() {
		at(untilNext(), this::arrive);
		Priority priority = priority();
		int[] counts = this.admitted.get(priority);
		counts[0]++;
		Permit permit = admit(this.calls.get(priority));
		if (permit == null) {
			return;
		}
		counts[1]++;
		long arrived = this.time.nanoTime();
		this.queue.add(() -> at(this.workNanos, () -> answer(permit, arrived)));
		work();
	}

	private Priority priority() {
		double drawn = this.random.nextDouble();
		if (drawn < this.critical) {
			return Priority.CRITICAL;
		}
		return (drawn < this.critical + this.sheddable) ? Priority.SHEDDABLE : Priority.DEFAULT;
	}

	private @Nullable Permit admit(Call call) {
		if (this.policy == null) {
			return Permit.NONE;
		}
		return (this.policy.tryAcquire(call) instanceof Decision.Admitted admission) ? admission.permit() : null;
	}

	private void work() {
		while (this.busy < this.permits && !this.queue.isEmpty()) {
			this.busy++;
			this.queue.poll().run();
		}
	}

	private void answer(Permit permit, long arrived) {
		this.busy--;
		long nanos = this.time.nanoTime() - arrived;
		this.answers.add(new Answer(nanos));
		permit.release(Outcome.response(200, false, nanos));
		work();
	}

	private record Event(long at, long number, Runnable action) {
	}

	private record Answer(long nanos) {
	}

	/**
	 * What became of the calls.
	 *
	 * @param goodput answers per second that came in time
	 * @param p99 how long 99 of 100 answers took at most, in milliseconds
	 * @param critical the share of critical calls that was admitted
	 * @param normal the share of those of default priority
	 * @param sheddable the share of sheddable ones
	 * @param state the policy's state at the end
	 */
	record Figures(double goodput, double p99, double critical, double normal, double sheddable, String state) {
	}

}
