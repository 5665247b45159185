// SPDX-License-Identifier: Apache-2.0

package io.governance.execution.cache;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.governance.answer.Answer;
import io.governance.answer.AnswerCopy;
import io.governance.answer.AnswerHead;
import io.governance.answer.KeptCall;
import io.governance.execution.AnswerCache;
import io.governance.execution.CacheTurn;
import io.governance.execution.ExecutionPlan;
import io.governance.policy.Call;
import io.governance.rule.TestContext;
import io.governance.time.ManualTimeSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CachePolicyTests {

	private static final KeptCall CALL = KeptCall.get("http://inventory/items");

	private final ManualTimeSource time = new ManualTimeSource();

	private final TestContext context = new TestContext("cache/items", this.time);

	private final CacheRuleType type = new CacheRuleType();

	private final CachePolicy policy = policy(rule(Duration.ofSeconds(100), Duration.ofSeconds(10)));

	private static CacheRule rule(Duration ttl, Duration negativeTtl) {
		return new CacheRule(null, null, 0, ttl, negativeTtl, Duration.ofSeconds(5), null, null, 100L, null, false);
	}

	private CachePolicy policy(CacheRule rule) {
		return (CachePolicy) this.type.newPolicy(rule, this.context.context());
	}

	private static @Nullable AnswerCopy respond(CacheTurn turn, int status, Map<String, List<String>> headers,
			String body) {
		AnswerCopy copy = ((CacheTurn.Make) turn).copyOf(new AnswerHead(status, headers));
		if (copy != null) {
			copy.write(body.getBytes(), 0, body.length());
			copy.complete();
		}
		return copy;
	}

	private void good(Call call) {
		respond(this.policy.turn(call), 200, Map.of(), "good");
	}

	private static @Nullable String hit(AnswerCache cache, Call call) {
		return hit(cache.turn(call));
	}

	private static @Nullable String hit(CacheTurn turn) {
		if (turn instanceof CacheTurn.Make make) {
			make.ended(true);
		}
		return (turn instanceof CacheTurn.Hit hit) ? new String(hit.answer().body()) : null;
	}

	@Test
	void anAnswerIsGivenAgainAndSaysWhoGaveItAndItsAge() {
		good(CALL);
		this.time.advance(Duration.ofSeconds(94));
		Answer answer = ((CacheTurn.Hit) this.policy.turn(CALL)).answer();
		assertThat(answer.headers()).containsEntry("x-governance-cache", List.of("items"))
			.containsEntry("age", List.of("94"));
		assertThat(this.context.counted("hit")).isEqualTo(1);
		assertThat(this.context.counted("miss")).isEqualTo(1);
		assertThat(this.policy.state()).startsWith("entries=1 ").endsWith(" hits=50%");
	}

	@Test
	void anAnswerEndsWithItsTimeGiveOrTakeFivePercent() {
		good(CALL);
		this.time.advance(Duration.ofSeconds(105));
		assertThat(hit(this.policy, CALL)).isNull();
		assertThat(this.context.counted("expired")).isEqualTo(1);
	}

	@Test
	void answersThatWereKeptTogetherDoNotEndTogether() {
		for (int page = 0; page < 100; page++) {
			good(KeptCall.get("http://inventory/items?page=" + page));
		}
		this.time.advance(Duration.ofSeconds(100));
		for (int page = 0; page < 100; page++) {
			hit(this.policy, KeptCall.get("http://inventory/items?page=" + page));
		}
		assertThat(this.context.counted("hit")).isBetween(20L, 80L);
	}

	@Test
	void thatThereIsNothingIsKeptForItsOwnTime() {
		respond(this.policy.turn(CALL), 404, Map.of(), "none");
		this.time.advance(Duration.ofSeconds(9));
		assertThat(hit(this.policy, CALL)).isEqualTo("none");
		this.time.advance(Duration.ofSeconds(2));
		assertThat(hit(this.policy, CALL)).isNull();
		CachePolicy off = policy(rule(Duration.ofSeconds(100), Duration.ZERO));
		assertThat(respond(off.turn(CALL), 404, Map.of(), "none")).isNull();
	}

	@Test
	void failuresAreNotKept() {
		for (int status : new int[] { 301, 304, 400, 401, 403, 429, 500, 503 }) {
			assertThat(respond(this.policy.turn(CALL), status, Map.of(), "no")).isNull();
		}
		assertThat(hit(this.policy, CALL)).isNull();
	}

	@Test
	void theSenderMayShortenTheTimeAndNotLengthenIt() {
		respond(this.policy.turn(CALL), 200, Map.of("cache-control", List.of("max-age=60"), "age", List.of("50")), "x");
		this.time.advance(Duration.ofSeconds(9));
		assertThat(hit(this.policy, CALL)).isEqualTo("x");
		this.time.advance(Duration.ofSeconds(1));
		assertThat(hit(this.policy, CALL)).isNull();
		respond(this.policy.turn(CALL), 200, Map.of("cache-control", List.of("max-age=99999999999")), "x");
		this.time.advance(Duration.ofSeconds(105));
		assertThat(hit(this.policy, CALL)).isNull();
	}

	@Test
	void whoWantsANewAnswerGetsOne() {
		good(CALL);
		for (KeptCall call : List.of(CALL.header("cache-control", "No-Cache"),
				CALL.header("cache-control", "max-age=0"), CALL.header("pragma", "no-cache"),
				CALL.header("if-none-match", "\"1\""), CALL.header("range", "bytes=0-"), CALL.method("POST"))) {
			assertThat(this.policy.turn(call)).isSameAs(CacheTurn.Make.PLAIN);
		}
		assertThat(this.context.counted("bypass")).isEqualTo(6);
		assertThat(hit(this.policy, CALL.header("cache-control", "max-age=01"))).isEqualTo("good");
	}

	@Test
	void callsForTheSameWaitForTheOneUnderWay() {
		CacheTurn first = this.policy.turn(CALL);
		CacheTurn.Wait second = (CacheTurn.Wait) this.policy.turn(CALL);
		assertThat(second.maxNanos()).isEqualTo(Duration.ofSeconds(5).toNanos());
		assertThat(this.policy.turn(CALL.header("authorization", "Bearer a"))).isInstanceOf(CacheTurn.Make.class);
		respond(first, 200, Map.of(), "good");
		assertThat(hit(second.end().join().turn(CALL))).isEqualTo("good");
		assertThat(this.context.counted("shared")).isEqualTo(1);
		assertThat(this.policy.store().flights()).hasSize(1);
	}

	@Test
	void ifTheOneUnderWayIsGivenUpTheNextTakesOver() {
		CacheTurn.Make first = (CacheTurn.Make) this.policy.turn(CALL);
		CacheTurn.Wait second = (CacheTurn.Wait) this.policy.turn(CALL);
		CacheTurn.Wait third = (CacheTurn.Wait) this.policy.turn(CALL);
		first.ended(true);
		CacheTurn leads = second.end().join().turn(CALL);
		CacheTurn waits = third.end().join().turn(CALL);
		assertThat(leads).isInstanceOf(CacheTurn.Make.class);
		respond(leads, 200, Map.of(), "good");
		assertThat(hit(((CacheTurn.Wait) waits).end().join().turn(CALL))).isEqualTo("good");
	}

	@Test
	void ifItIsGivenUpWhileItsBodyIsReadTheNextTakesOverToo() {
		CacheTurn first = this.policy.turn(CALL);
		CacheTurn.Wait second = (CacheTurn.Wait) this.policy.turn(CALL);
		CacheTurn.Wait third = (CacheTurn.Wait) this.policy.turn(CALL);
		Objects.requireNonNull(((CacheTurn.Make) first).copyOf(new AnswerHead(200, Map.of()))).cancel();
		CacheTurn leads = second.end().join().turn(CALL);
		CacheTurn waits = third.end().join().turn(CALL);
		respond(leads, 200, Map.of(), "good");
		assertThat(hit(((CacheTurn.Wait) waits).end().join().turn(CALL))).isEqualTo("good");
	}

	@Test
	void ifTheOneUnderWayFailsTheOthersGoByThemselves() {
		CacheTurn first = this.policy.turn(CALL);
		CacheTurn.Wait second = (CacheTurn.Wait) this.policy.turn(CALL);
		CacheTurn.Wait third = (CacheTurn.Wait) this.policy.turn(CALL);
		respond(first, 500, Map.of(), "");
		assertThat(second.end().join().turn(CALL)).isInstanceOf(CacheTurn.Make.class);
		assertThat(third.end().join().turn(CALL)).isInstanceOf(CacheTurn.Make.class);
		assertThat(this.policy.store().flights()).isEmpty();
	}

	@Test
	void nobodyWaitsForWhatIsKnownNotToBeKept() {
		respond(this.policy.turn(CALL), 200, Map.of("cache-control", List.of("no-store")), "");
		assertThat(this.policy.turn(CALL)).isInstanceOf(CacheTurn.Make.class);
		CacheTurn last = this.policy.turn(CALL);
		assertThat(last).isInstanceOf(CacheTurn.Make.class);
		assertThat(this.context.counted("bypass")).isEqualTo(2);
		respond(last, 200, Map.of(), "kept now");
		assertThat(hit(this.policy, CALL)).isEqualTo("kept now");
	}

	@Test
	void aBodyThatIsTooLargeIsNotKept() {
		respond(this.policy.turn(CALL), 200, Map.of(), "x".repeat(101));
		assertThat(this.policy.store().flights()).isEmpty();
		assertThat(hit(this.policy, CALL)).isNull();
		respond(this.policy.turn(CALL), 200, Map.of(), "x".repeat(100));
		assertThat(hit(this.policy, CALL)).hasSize(100);
	}

	@Test
	void whoLeadsAndDoesNotEndIsWaitedForOnce() {
		this.policy.turn(CALL);
		this.time.advance(Duration.ofSeconds(4));
		assertThat(((CacheTurn.Wait) this.policy.turn(CALL)).maxNanos()).isEqualTo(Duration.ofSeconds(1).toNanos());
		this.time.advance(Duration.ofSeconds(1));
		assertThat(this.policy.turn(CALL)).isInstanceOf(CacheTurn.Make.class);
		assertThat(((CacheTurn.Wait) this.policy.turn(CALL)).maxNanos()).isEqualTo(Duration.ofSeconds(5).toNanos());
	}

	@Test
	void whoWaitedForWhatDoesNotSuitGoesByItself() {
		KeptCall german = CALL.header("accept-language", "de");
		CacheTurn first = this.policy.turn(german);
		CacheTurn.Wait second = (CacheTurn.Wait) this.policy.turn(CALL);
		respond(first, 200, Map.of("vary", List.of("Accept-Language")), "gut");
		assertThat(second.end().join().turn(CALL)).isInstanceOf(CacheTurn.Make.class);
		assertThat(hit(this.policy, german)).isEqualTo("gut");
	}

	@Test
	void newTimesHoldForWhatIsKept() {
		good(CALL);
		this.time.advance(Duration.ofSeconds(50));
		CacheRule shorter = rule(Duration.ofSeconds(20), Duration.ofSeconds(10));
		CachePolicy next = (CachePolicy) this.type.inherit(this.policy, this.policy.rule(), shorter,
				this.context.context());
		assertThat(hit(next, CALL)).isNull();
		CachePolicy again = (CachePolicy) this.type.inherit(next, shorter, this.policy.rule(), this.context.context());
		assertThat(hit(again, CALL)).isEqualTo("good");
	}

	@Test
	void otherBoundsBeginEmpty() {
		good(CALL);
		CacheRule other = new CacheRule(null, null, 0, null, null, null, 10, null, null, null, false);
		CachePolicy next = (CachePolicy) this.type.inherit(this.policy, this.policy.rule(), other,
				this.context.context());
		assertThat(hit(next, CALL)).isNull();
	}

	@Test
	void inShadowItKeepsAndCountsAndNeverAnswersNorHasAnybodyWait() {
		AnswerCache shadow = this.policy.shadow(CALL, ExecutionPlan.PLAIN).caches().get(0);
		CacheTurn first = shadow.turn(CALL);
		assertThat(shadow.turn(CALL)).isInstanceOf(CacheTurn.Make.class);
		respond(first, 200, Map.of(), "good");
		assertThat(shadow.turn(CALL)).isSameAs(CacheTurn.Make.PLAIN);
		assertThat(this.context.counted("hit")).isEqualTo(1);
		assertThat(this.context.counted("miss")).isEqualTo(2);
	}

	@Test
	void aHitForHeadHasNoBody() {
		KeptCall head = CALL.method("HEAD");
		respond(this.policy.turn(head), 200, Map.of("x-own", List.of("1"), "Content-Length", List.of("300")), "");
		Answer answer = ((CacheTurn.Hit) this.policy.turn(head)).answer();
		assertThat(answer.body()).isEmpty();
		assertThat(answer.headers()).containsEntry("content-length", List.of("300"));
		assertThat(answer.headers()).containsKey("x-own");
		assertThat(Objects.requireNonNull(this.policy.turn(CALL))).isInstanceOf(CacheTurn.Make.class);
	}

	@Test
	void whatIsSeenToBeTooLargeIsWaitedForByNobody() {
		CacheTurn first = this.policy.turn(CALL);
		CacheTurn.Wait wait = (CacheTurn.Wait) this.policy.turn(CALL);
		respond(first, 200, Map.of("content-length", List.of("101")), "");
		assertThat(wait.end()).isCompleted();
		assertThat(this.policy.turn(CALL)).isInstanceOf(CacheTurn.Make.class);
		assertThat(this.policy.turn(CALL)).isInstanceOf(CacheTurn.Make.class);
		assertThat(this.context.counted("bypass")).isEqualTo(2);
	}

}
