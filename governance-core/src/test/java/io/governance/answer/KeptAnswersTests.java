// SPDX-License-Identifier: Apache-2.0

package io.governance.answer;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class KeptAnswersTests {

	private static final KeptCall CALL = KeptCall.get("http://inventory/items");

	private final List<@Nullable Answer> ended = new ArrayList<>();

	private static KeptAnswer kept(int bytes) {
		return new KeptAnswer(new Answer(200, Map.of(), new byte[bytes]), Map.of(), 0);
	}

	private static long found(KeptAnswers answers, int keys) {
		return IntStream.range(0, keys).filter((key) -> answers.find("k" + key, CALL) != null).count();
	}

	@Test
	void thereAreNeverMoreEntriesThanAllowed() {
		KeptAnswers answers = new KeptAnswers(10, 1_000_000);
		IntStream.range(0, 1_000).forEach((key) -> answers.keep("k" + key, kept(1)));
		assertThat(found(answers, 1_000)).isBetween(1L, 10L);
	}

	@Test
	void thereAreNeverMoreBytesThanAllowed() {
		KeptAnswers answers = new KeptAnswers(1_000, 100_000);
		IntStream.range(0, 1_000).forEach((key) -> answers.keep("k" + key, kept(10_000)));
		assertThat(found(answers, 1_000)).isBetween(1L, 9L);
	}

	@Test
	void oneThatIsLargerThanAllTogetherIsNotKept() {
		KeptAnswers answers = new KeptAnswers(10, 1_024);
		answers.keep("k0", kept(1_024));
		assertThat(found(answers, 1)).isZero();
		assertThat(answers.describe()).isEqualTo("entries=0 weight=0/1024");
	}

	@Test
	void anAnswerSuitsOnlyWhereItsSenderWouldChooseItAgain() {
		AnswerHead head = new AnswerHead(200, Map.of("Vary", List.of("Accept-Language, X-Lane")));
		KeptCall german = CALL.header("accept-language", "de");
		KeptAnswers answers = new KeptAnswers(10, 100_000);
		answers.keep("k", new KeptAnswer(head.with(new byte[0]), KeptAnswer.chosenBy(german, head), 0));
		assertThat(answers.find("k", german)).isNotNull();
		assertThat(answers.find("k", german.header("x-other", "1"))).isNotNull();
		assertThat(answers.find("k", german.header("x-lane", "blue"))).isNull();
		assertThat(answers.find("k", CALL)).isNull();
	}

	@ParameterizedTest(name = "{0}, {1}: {2}: {3}")
	@CsvSource(nullValues = "-", textBlock = """
			200, cache-control, max-age=60,          true
			200, Cache-Control, no-store,            false
			200, cache-control, 'a=1 , NO-STORE',    false
			200, cache-control, 'private="x"',       false
			200, cache-control, no-cache,            true
			200, set-cookie,    a=b,                 false
			200, Set-Cookie,    '',                  false
			200, vary,          '*',                 false
			200, vary,          'accept, *',         false
			200, vary,          Origin,              true
			206, content-range, bytes 0-1/2,         false
			200, content-type,  text/event-stream,   false
			200, Content-Type,  'Text/Event-Stream ; charset=utf-8', false
			200, content-type,  application/x-ndjson, false
			200, content-type,  application/json,    true
			""")
	void whatItsSenderDoesNotWantKeptMayNotBe(int status, String name, String value, boolean kept) {
		assertThat(new AnswerHead(status, Map.of(name, List.of(value))).mayBeKept()).isEqualTo(kept);
	}

	@Test
	void whatBelongsToTheConnectionIsNotKept() {
		AnswerHead head = new AnswerHead(200, Map.of("Transfer-Encoding", List.of("chunked"), "Connection",
				List.of("close"), "Content-Length", List.of("3"), "X-Own", List.of("1")));
		assertThat(head.with(new byte[3]).headers()).containsOnlyKeys("X-Own");
	}

	@Test
	void theLengthOfABodyThatWasNotSentIsKept() {
		AnswerHead head = new AnswerHead(200, Map.of("Content-Length", List.of("300")));
		assertThat(head.with(new byte[0]).headers()).containsEntry("content-length", List.of("300"));
		assertThat(new Answer(200, Map.of(), new byte[7]).to("HEAD").headers()).containsEntry("content-length",
				List.of("7"));
		assertThat(head.isLargerThan(299)).isTrue();
		assertThat(head.isLargerThan(300)).isFalse();
		assertThat(new AnswerHead(200, Map.of()).isLargerThan(0)).isFalse();
	}

	@Test
	void theValueOfAMethodIsACopyAsItIs() {
		Object value = new Object();
		new AnswerCopy(new AnswerHead(200, Map.of()), 0, this.ended::add).complete(value);
		assertThat(this.ended).singleElement().satisfies((answer) -> assertThat(answer.value()).isSameAs(value));
		assertThat(Answer.of(value).with("age", "1").to("CALL").value()).isSameAs(value);
	}

	@Test
	void aBodyIsCopiedWholeAndOnce() {
		AnswerCopy copy = new AnswerCopy(new AnswerHead(200, Map.of()), 5, this.ended::add);
		copy.write("_abc_".getBytes(), 1, 3);
		ByteBuffer rest = ByteBuffer.wrap("de".getBytes());
		copy.write(rest);
		assertThat(rest.remaining()).isEqualTo(2);
		copy.complete();
		copy.abandon();
		copy.complete();
		assertThat(this.ended).singleElement().satisfies((answer) -> {
			assertThat(answer).isNotNull();
			assertThat(new String(answer.body())).isEqualTo("abcde");
		});
	}

	@Test
	void aBodyThatIsTooLargeOrBreaksOffIsNoCopy() {
		AnswerCopy large = new AnswerCopy(new AnswerHead(200, Map.of()), 5, this.ended::add);
		large.write(new byte[6], 0, 6);
		large.complete();
		AnswerCopy broken = new AnswerCopy(new AnswerHead(200, Map.of()), 5, this.ended::add);
		broken.write(new byte[1], 0, 1);
		broken.abandon();
		assertThat(this.ended).containsExactly(null, null);
	}

}
