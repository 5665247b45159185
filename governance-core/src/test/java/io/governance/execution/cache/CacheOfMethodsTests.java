// SPDX-License-Identifier: Apache-2.0

package io.governance.execution.cache;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

import io.governance.answer.Answer;
import io.governance.answer.AnswerHead;
import io.governance.execution.AnswerCache;
import io.governance.execution.CacheTurn;
import io.governance.execution.ExecutionPlan;
import io.governance.policy.Call;
import io.governance.policy.Direction;
import io.governance.rule.TestContext;
import io.governance.time.ManualTimeSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CacheOfMethodsTests {

	private final TestContext context = new TestContext("cache/items", new ManualTimeSource());

	private final CachePolicy own = policy(false);

	private static CacheRule rule(boolean shared) {
		return new CacheRule(null, null, 0, null, null, Duration.ofSeconds(5), 10, null, null, null, shared);
	}

	private CachePolicy policy(boolean shared) {
		return (CachePolicy) new CacheRuleType().newPolicy(rule(shared), this.context.context());
	}

	private static Local call(Object subject) {
		return new Local("items", subject, "ann");
	}

	private static void give(AnswerCache cache, Call call, Object value) {
		make(cache.turn(call), value);
	}

	private static void make(CacheTurn turn, Object value) {
		Objects.requireNonNull(((CacheTurn.Make) turn).copyOf(new AnswerHead(200, Map.of()))).complete(value);
	}

	private static @Nullable Object found(AnswerCache cache, Call call) {
		Answer answer = cache.find(call);
		return (answer != null) ? answer.value() : null;
	}

	@Test
	void aValueIsKeptForItsSubjectServiceAndOwner() {
		give(this.own, call("a"), "value");
		assertThat(found(this.own, call("a"))).isEqualTo("value");
		assertThat(found(this.own, call("b"))).isNull();
		assertThat(found(this.own, new Local("other", "a", "ann"))).isNull();
		assertThat(found(this.own, new Local("items", "a", "bob"))).isNull();
	}

	@Test
	void whatHasNoSubjectOrNoOwnerIsNotKept() {
		for (Call call : new Call[] { new Local("items", null, "ann"), new Local("items", "a", null) }) {
			assertThat(this.own.turn(call)).isSameAs(CacheTurn.Make.PLAIN);
			this.own.keep(call, Answer.of("value"));
			assertThat(found(this.own, call)).isNull();
		}
		assertThat(this.context.counted("bypass")).isEqualTo(4);
	}

	@Test
	void whatIsSharedNobodyGetsWhenItIsNotSharedAnyMore() {
		CachePolicy shared = policy(true);
		give(shared, call("a"), "ann's");
		assertThat(found(shared, new Local("items", "a", null))).isEqualTo("ann's");
		assertThat(found(shared, new Local("items", "a", "bob"))).isEqualTo("ann's");
		CachePolicy next = (CachePolicy) new CacheRuleType().inherit(shared, rule(true), rule(false),
				this.context.context());
		assertThat(found(next, call("a"))).isNull();
	}

	@Test
	void whatIsForgottenIsForgottenForAllOwners() {
		this.own.keep(call("a"), Answer.of("ann's"));
		this.own.keep(new Local("items", "a", "bob"), Answer.of("bob's"));
		this.own.keep(call("b"), Answer.of("b"));
		this.own.keep(new Local("other", "a", "ann"), Answer.of("other"));
		assertThat(this.own.forget("items", "a")).isTrue();
		assertThat(this.own.forget("items", "a")).isFalse();
		assertThat(found(this.own, call("a"))).isNull();
		assertThat(found(this.own, new Local("items", "a", "bob"))).isNull();
		assertThat(found(this.own, call("b"))).isEqualTo("b");
		this.own.forget("items", null);
		assertThat(found(this.own, call("b"))).isNull();
		assertThat(found(this.own, new Local("other", "a", "ann"))).isEqualTo("other");
	}

	@Test
	void whatWasUnderWayWhenItWasForgottenIsNotKeptNorWaitedFor() {
		CacheTurn before = this.own.turn(call("a"));
		this.own.forget("items", "a");
		CacheTurn after = this.own.turn(call("a"));
		assertThat(after).isInstanceOf(CacheTurn.Make.class);
		make(before, "old");
		assertThat(found(this.own, call("a"))).isNull();
		make(after, "new");
		assertThat(found(this.own, call("a"))).isEqualTo("new");
	}

	@Test
	void whatIsPutButNotKeptTakesThePlaceOfWhatWas() {
		CacheRule rule = new CacheRule(null, null, 0, null, Duration.ZERO, null, null, null, null, null, false);
		AnswerCache cache = (CachePolicy) new CacheRuleType().newPolicy(rule, this.context.context());
		cache.keep(call("a"), Answer.of("old"));
		cache.keep(call("b"), Answer.of("other"));
		cache.keep(call("a"), new Answer(404, Map.of(), new byte[0]));
		assertThat(found(cache, call("a"))).isNull();
		assertThat(found(cache, call("b"))).isEqualTo("other");
	}

	@Test
	void inShadowNothingIsFound() {
		AnswerCache shadow = this.own.shadow(call("a"), ExecutionPlan.PLAIN).caches().get(0);
		shadow.keep(call("a"), Answer.of("value"));
		assertThat(found(shadow, call("a"))).isNull();
		assertThat(this.context.counted("hit")).isEqualTo(1);
		assertThat(shadow.forget("items", null)).isTrue();
	}

	private record Local(String service, @Nullable Object subject, @Nullable Object owner) implements Call {

		@Override
		public Direction direction() {
			return Direction.OUTBOUND;
		}

		@Override
		public String method() {
			return "CALL";
		}

		@Override
		public String path() {
			return "/get";
		}

		@Override
		public @Nullable String header(String name) {
			return null;
		}

		@Override
		public @Nullable String query(String name) {
			return null;
		}

		@Override
		public boolean isLocal() {
			return true;
		}

	}

}
