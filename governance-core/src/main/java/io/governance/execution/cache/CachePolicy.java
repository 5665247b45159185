// SPDX-License-Identifier: Apache-2.0

package io.governance.execution.cache;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

import io.governance.answer.Answer;
import io.governance.answer.AnswerKey;
import io.governance.answer.KeptAnswer;
import io.governance.execution.AnswerCache;
import io.governance.execution.CacheTurn;
import io.governance.execution.ExecutionPlan;
import io.governance.execution.ExecutionPolicy;
import io.governance.policy.Call;
import io.governance.rule.PolicyContext;
import org.jspecify.annotations.Nullable;

/**
 * Answers calls out of what was kept, and has one of those for the same go.
 */
final class CachePolicy implements ExecutionPolicy, AnswerCache {

	/** On an answer out of the cache: the id of the rule that gave it. */
	static final String HEADER = "x-governance-cache";

	private static final List<String> CONDITIONS = List.of("if-none-match", "if-modified-since", "if-match",
			"if-unmodified-since");

	private final CacheRule rule;

	private final PolicyContext context;

	private final CacheStore store;

	private final Freshness freshness;

	private final String id;

	CachePolicy(CacheRule rule, PolicyContext context, CacheStore store) {
		this.rule = rule;
		this.context = context;
		this.store = store;
		this.freshness = new Freshness(rule);
		this.id = context.rule().substring(context.rule().indexOf('/') + 1);
	}

	CacheRule rule() {
		return this.rule;
	}

	CacheStore store() {
		return this.store;
	}

	Freshness freshness() {
		return this.freshness;
	}

	long now() {
		return this.context.time().nanoTime();
	}

	double spread() {
		return Freshness.spread(this.context.random());
	}

	private LongAdder counted(String event) {
		return this.context.events().apply(event);
	}

	@Override
	public ExecutionPlan contribute(Call call, ExecutionPlan plan) {
		return plan.withCache(this);
	}

	@Override
	public ExecutionPlan shadow(Call call, ExecutionPlan plan) {
		return plan.withCache(new Shadow(this));
	}

	@Override
	public CacheTurn turn(Call call) {
		return turn(call, (key) -> again(key, call));
	}

	private CacheTurn turn(Call call, Function<Object, CacheTurn> missed) {
		Object key = refusesKept(call) ? null : key(call);
		if (key == null) {
			counted(CacheRuleType.BYPASS).increment();
			return CacheTurn.Make.PLAIN;
		}
		KeptAnswer kept = this.store.answers().find(key, call);
		if (kept == null || !this.freshness.isFresh(kept, now())) {
			counted((kept == null) ? CacheRuleType.MISS : CacheRuleType.EXPIRED).increment();
			return missed.apply(key);
		}
		if (kept.answer().status() == Freshness.PASS) {
			counted(CacheRuleType.BYPASS).increment();
			return alone(key, call);
		}
		counted(CacheRuleType.HIT).increment();
		return hit(kept, call);
	}

	private @Nullable Object key(Call call) {
		return AnswerKey.of(call, this.rule.keyHeaders(), this.rule.shared());
	}

	@Override
	public @Nullable Answer find(Call call) {
		Object key = key(call);
		KeptAnswer kept = (key != null) ? this.store.answers().find(key, call) : null;
		boolean fresh = kept != null && this.freshness.isFresh(kept, now());
		if (kept == null || !fresh || kept.answer().status() == Freshness.PASS) {
			counted((key == null) ? CacheRuleType.BYPASS
					: (kept == null) ? CacheRuleType.MISS : fresh ? CacheRuleType.BYPASS : CacheRuleType.EXPIRED)
				.increment();
			return null;
		}
		counted(CacheRuleType.HIT).increment();
		return kept.answer();
	}

	@Override
	public void keep(Call call, Answer answer) {
		Object key = key(call);
		if (key != null) {
			this.store.replace(key, call, this.freshness.isKept(answer.status())
					? new KeptAnswer(answer, Map.of(), now(), Long.MAX_VALUE, spread()) : null);
		}
	}

	@Override
	public boolean forget(String service, @Nullable Object subject) {
		return this.store.forget((key) -> AnswerKey.isOf(key, service, subject));
	}

	private static boolean refusesKept(Call call) {
		return CONDITIONS.stream().anyMatch((name) -> call.header(name) != null)
				|| call.headers("cache-control").stream().anyMatch(CachePolicy::wantsNew)
				|| call.headers("pragma").stream().anyMatch(CachePolicy::wantsNew);
	}

	private static boolean wantsNew(String value) {
		String directives = value.toLowerCase(Locale.ROOT).replace(" ", "") + ",";
		return directives.contains("no-cache") || directives.contains("max-age=0,");
	}

	private CacheTurn.Hit hit(KeptAnswer kept, Call call) {
		long age = TimeUnit.NANOSECONDS.toSeconds(kept.ageNanos(now()));
		return new CacheTurn.Hit(kept.answer().with("age", Long.toString(age)).with(HEADER, this.id).to(call.method()));
	}

	/**
	 * Makes the call, without anybody waiting for it.
	 */
	CacheTurn.Make alone(Object key, Call call) {
		return new Making(this, key, call, null);
	}

	/**
	 * Waits for the call that is under way, or makes it for all that come.
	 */
	CacheTurn again(Object key, Call call) {
		long maxWait = this.rule.maxWait().toNanos();
		if (maxWait == 0 || this.store.flights().size() >= this.rule.maxEntries()) {
			return alone(key, call);
		}
		Flight mine = new Flight(now(), new CompletableFuture<>());
		Flight other = this.store.flights().putIfAbsent(key, mine);
		if (other == null) {
			return lead(key, call, mine);
		}
		long left = maxWait - (now() - other.startNanos());
		if (left > 0) {
			return new CacheTurn.Wait(other.end(), left, alone(key, call));
		}
		// whoever leads does not come to an end: the next one takes over
		return this.store.flights().replace(key, other, mine) ? lead(key, call, mine) : alone(key, call);
	}

	private CacheTurn lead(Object key, Call call, Flight flight) {
		Making making = new Making(this, key, call, flight);
		// another one may have landed since we looked
		KeptAnswer kept = this.store.answers().find(key, call);
		if (kept == null || kept.answer().status() == Freshness.PASS || !this.freshness.isFresh(kept, now())) {
			return making;
		}
		making.ended(true);
		counted(CacheRuleType.SHARED).increment();
		return hit(kept, call);
	}

	/**
	 * What a call does that waited, when the answer is there.
	 */
	CacheTurn shared(Object key, Call call, KeptAnswer kept) {
		if (!kept.suits(call)) {
			return alone(key, call);
		}
		counted(CacheRuleType.SHARED).increment();
		return hit(kept, call);
	}

	@Override
	public String state() {
		long answered = counted(CacheRuleType.HIT).sum() + counted(CacheRuleType.SHARED).sum();
		long asked = counted(CacheRuleType.HIT).sum() + counted(CacheRuleType.MISS).sum()
				+ counted(CacheRuleType.EXPIRED).sum();
		long share = (asked == 0) ? 0 : Math.min(100, 100 * answered / asked);
		return this.store.answers().describe() + " hits=" + share + "%";
	}

	/**
	 * Keeps and counts: a call that would have been answered is made, and nobody waits
	 * for another one.
	 */
	private record Shadow(CachePolicy policy) implements AnswerCache {

		@Override
		public CacheTurn turn(Call call) {
			return (this.policy.turn(call, (key) -> this.policy.alone(key, call)) instanceof CacheTurn.Make make) ? make
					: CacheTurn.Make.PLAIN;
		}

		@Override
		public @Nullable Answer find(Call call) {
			this.policy.find(call);
			return null;
		}

		@Override
		public void keep(Call call, Answer answer) {
			this.policy.keep(call, answer);
		}

		@Override
		public boolean forget(String service, @Nullable Object subject) {
			return this.policy.forget(service, subject);
		}

	}

}
