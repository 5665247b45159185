// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.governance.match.CallKey;
import io.governance.match.Match;
import io.governance.match.StringMatch;
import io.governance.policy.Call;
import io.governance.policy.Direction;
import io.governance.policy.Enforcement;
import io.governance.policy.FakeCall;
import io.governance.policy.Outcome;
import io.governance.policy.adaptivebreaker.AdaptiveBreakerRule;
import io.governance.policy.adaptivebreaker.AdaptiveBreakerRuleType;
import io.governance.policy.bulkhead.BulkheadRule;
import io.governance.policy.bulkhead.BulkheadRuleType;
import io.governance.policy.circuitbreaker.CircuitBreakerRule.Force;
import io.governance.policy.circuitbreaker.CircuitBreakerRule;
import io.governance.policy.circuitbreaker.CircuitBreakerRuleType;
import io.governance.policy.concurrencylimit.ConcurrencyLimitRule;
import io.governance.policy.concurrencylimit.ConcurrencyLimitRuleType;
import io.governance.policy.loadshedding.LoadSheddingRule;
import io.governance.policy.loadshedding.LoadSheddingRuleType;
import io.governance.policy.ratelimit.KeyLimit;
import io.governance.policy.ratelimit.Pacing;
import io.governance.policy.ratelimit.RateLimitRule;
import io.governance.policy.ratelimit.RateLimitRuleType;
import io.governance.rule.Rule;
import io.governance.rule.RuleDefinition;
import io.governance.rule.RuleType;
import org.jspecify.annotations.Nullable;

/**
 * Rules of all admission types, calls and endings, drawn so that every verdict comes up.
 */
final class RandomRules {

	private static final List<String> KEYS = List.of("service", "operation", "header:x-user", "caller");

	private static final List<String> INBOUND_KEYS = List.of("service", "header:x-user", "client-ip");

	private final Random random;

	RandomRules(long seed) {
		this.random = new Random(seed);
	}

	List<RuleDefinition<?>> rules() {
		List<RuleDefinition<?>> rules = new ArrayList<>();
		for (int i = this.random.nextInt(3, 12); i > 0; i--) {
			rules.add(rule("r" + i));
		}
		return rules;
	}

	/**
	 * A rule that is enforced, and has nobody wait for others: for a rule in shadow
	 * nobody does.
	 */
	RuleDefinition<?> enforcedWithoutQueue() {
		RuleDefinition<?> rule = rule("r");
		boolean queues = rule.rule() instanceof BulkheadRule bulkhead && bulkhead.maxWaiting() > 0;
		return (rule.rule().enforcement() == Enforcement.ENFORCED && !queues) ? rule : enforcedWithoutQueue();
	}

	private RuleDefinition<?> rule(String id) {
		return switch (this.random.nextInt(7)) {
			case 0 -> rule(new BulkheadRuleType(), id, bulkhead());
			case 1 -> rule(new CircuitBreakerRuleType(), id, breaker());
			case 2, 5 -> rule(new AdaptiveBreakerRuleType(), id, adaptive());
			case 3 -> rule(new ConcurrencyLimitRuleType(), id, concurrency());
			case 4 -> rule(new LoadSheddingRuleType(), id, shedding());
			default -> rule(new RateLimitRuleType(), id, limit());
		};
	}

	private static <R extends Rule> RuleDefinition<R> rule(RuleType<R> type, String id, R rule) {
		return new RuleDefinition<>(type, id, rule, "test");
	}

	private RateLimitRule limit() {
		Direction direction = direction();
		CallKey key = chance(0.3) ? null : key(direction);
		Duration warmUp = chance(0.3) ? Duration.ofSeconds(2) : null;
		Map<String, KeyLimit> overrides = (key != null && chance(0.5)) ? Map.of("u1", new KeyLimit(1, null)) : Map.of();
		return new RateLimitRule(match(direction), enforcement(), 0, key, this.random.nextInt(1, 20),
				Duration.ofSeconds(1), chance(0.3) ? Long.valueOf(2) : null,
				chance(0.3) ? new Pacing(Duration.ofMillis(200)) : null, warmUp, overrides, chance(0.3), 1_000, null,
				null);
	}

	private BulkheadRule bulkhead() {
		Direction direction = direction();
		boolean queue = chance(0.6);
		return new BulkheadRule(match(direction), enforcement(), 0, key(direction), this.random.nextInt(1, 5),
				queue ? this.random.nextInt(1, 3) : 0, queue ? Duration.ofMillis(300) : null, maxKeys());
	}

	private CircuitBreakerRule breaker() {
		Force force = chance(0.9) ? null : chance(0.5) ? Force.OPEN : Force.CLOSED;
		return new CircuitBreakerRule(match(Direction.OUTBOUND), enforcement(), 0, key(Direction.OUTBOUND), 50f, null,
				null, 3, 5, null, Duration.ofMillis(500), this.random.nextInt(1, 4), null, maxKeys(), force);
	}

	private AdaptiveBreakerRule adaptive() {
		return new AdaptiveBreakerRule(match(Direction.OUTBOUND), enforcement(), 0, key(Direction.OUTBOUND), maxKeys(),
				null, null, this.random.nextInt(2), Duration.ofSeconds(2), chance(0.5), null);
	}

	private ConcurrencyLimitRule concurrency() {
		int initial = this.random.nextInt(1, 6);
		return new ConcurrencyLimitRule(match(Direction.INBOUND), enforcement(), 0, CallKey.parse(pick(INBOUND_KEYS)),
				maxKeys(), initial, 1, 10, null, null, null, null, null, null, null, null, null);
	}

	private LoadSheddingRule shedding() {
		return new LoadSheddingRule(match(Direction.INBOUND), enforcement(), 0, this.random.nextInt(50, 95), 1);
	}

	private Direction direction() {
		return chance(0.5) ? Direction.INBOUND : Direction.OUTBOUND;
	}

	private CallKey key(Direction direction) {
		boolean byPrincipal = direction == Direction.INBOUND && chance(0.3);
		return CallKey.parse(byPrincipal ? "principal" : pick(KEYS));
	}

	private int maxKeys() {
		return chance(0.5) ? 2 : 1_000;
	}

	private Match match(Direction direction) {
		String service = (direction == Direction.OUTBOUND && chance(0.4)) ? "inventory" : null;
		return new Match(direction, service, chance(0.2) ? List.of("GET") : List.of(),
				chance(0.3) ? pick(List.of("/orders/**", "/{any}/1", "/orders/1")) : null, List.of(),
				chance(0.2) ? Map.of("x-user", StringMatch.exact("u1")) : Map.of(), Map.of(), null, Map.of());
	}

	private Enforcement enforcement() {
		return chance(0.65) ? Enforcement.ENFORCED : chance(0.8) ? Enforcement.SHADOW : Enforcement.OFF;
	}

	Call call() {
		FakeCall call = chance(0.5) ? FakeCall.at("orders") : FakeCall.to(pick(List.of("inventory", "payments")));
		call.method(pick(List.of("GET", "POST")))
			.path(pick(List.of("/orders/1", "/orders/2/items", "/a/1", "/")))
			.priority(pick(List.of(Call.Priority.values())))
			.caller(pick(List.of("a", "b", "c")))
			.clientIp(pick(List.of("10.0.0.1", "10.0.0.2", "10.0.0.3")));
		if (chance(0.8)) {
			call.header("x-user", "u" + this.random.nextInt(5)).principal("p" + this.random.nextInt(4));
		}
		return call;
	}

	/**
	 * How a call ends; services have good times and bad ones.
	 */
	Outcome outcome(long nanos) {
		if (chance(0.1)) {
			return Outcome.failure(Outcome.Kind.CANCELLED, null, nanos);
		}
		boolean fails = chance(0.7);
		return fails ? Outcome.failure(Outcome.Kind.TIMEOUT, null, nanos) : Outcome.response(200, false, nanos);
	}

	long pauseMillis() {
		return chance(0.02) ? 700_000 : chance(0.05) ? 1_500 : this.random.nextInt(60);
	}

	boolean chance(double share) {
		return this.random.nextDouble() < share;
	}

	double load() {
		return this.random.nextDouble();
	}

	<T extends @Nullable Object> T pick(List<T> from) {
		return from.get(this.random.nextInt(from.size()));
	}

}
