// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.baggage;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class BaggageHeaderTests {

	private static final Set<String> KEYS = Set.of("lane", "x-user-group");

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			lane=blue                          | blue
			lane = blue                        | blue
			other=1,lane=blue                  | blue
			lane=blue;ttl=3;secret             | blue
			lane=first,lane=second             | first
			lane=,lane=second                  | second
			lane=a%20b%2Cc                     | a b,c
			lane=gr%C3%BCn                     | grün
			lane=grün                          | grün
			lane=a=b                           | a=b
			lane=100%                          | 100%
			lane=%zz                           | %zz
			lane=%4                            | %4
			,,lane=blue,,                      | blue
			other;lane=x,lane=blue             | blue
			""")
	void readsTheValueOfAKey(String header, String value) {
		assertThat(BaggageHeader.read(List.of(header), KEYS)).containsExactly(Map.entry("lane", value));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "lane", "lane=", "=blue", "Lane=blue", "lanes=blue", "user=42", "lane=%0Aforged",
			"lane=a%7Fb", "lane=%C2%85" })
	void readsNothingElse(String header) {
		assertThat(BaggageHeader.read(List.of(header), KEYS)).isEmpty();
	}

	@Test
	void readsNothingWithoutAHeaderOrWithoutKeys() {
		assertThat(BaggageHeader.read(List.of(), KEYS)).isEmpty();
		assertThat(BaggageHeader.read(List.of("lane=blue"), Set.of())).isEmpty();
	}

	@Test
	void takesNoValueThatIsTooLong() {
		String longest = "x".repeat(BaggageHeader.MAX_VALUE_LENGTH);
		assertThat(BaggageHeader.read(List.of("lane=" + longest), KEYS)).containsEntry("lane", longest);
		assertThat(BaggageHeader.read(List.of("lane=" + longest + "x"), KEYS)).isEmpty();
	}

	@Test
	void readsSeveralLinesAsOneListAndTheFirstOfAKeyCounts() {
		assertThat(BaggageHeader.read(List.of("other=1", "", "lane=blue,x-user-group=tester", "lane=green"), KEYS))
			.containsExactlyInAnyOrderEntriesOf(Map.of("lane", "blue", "x-user-group", "tester"));
	}

	@Test
	void reads64MembersAndNoMore() {
		assertThat(BaggageHeader.read(List.of("o=1,".repeat(63) + "lane=blue"), KEYS)).containsEntry("lane", "blue");
		assertThat(BaggageHeader.read(List.of("o=1,".repeat(32), "o=1,".repeat(32) + "lane=blue"), KEYS)).isEmpty();
		assertThat(BaggageHeader.read(List.of(" , ,".repeat(40) + "lane=blue"), KEYS)).containsEntry("lane", "blue");
	}

	@Test
	void reads8192CharactersAndNoMore() {
		String fits = "o=" + "x".repeat(BaggageHeader.MAX_LENGTH - "o=,lane=blue".length());
		assertThat(BaggageHeader.read(List.of(fits, "lane=blue"), KEYS)).containsEntry("lane", "blue");
		assertThat(BaggageHeader.read(List.of(fits + "x", "lane=blue"), KEYS)).isEmpty();
		assertThat(BaggageHeader.read(List.of("lane=blue", fits + "x"), KEYS)).containsEntry("lane", "blue");
	}

	@Test
	void writesNoMoreThanTheSpecificationAsksOthersToPassOn() {
		Map<String, String> many = new LinkedHashMap<>();
		for (int number = 0; number < 100; number++) {
			many.put("k" + number, "v");
		}
		assertThat(BaggageHeader.write(many, Function.identity()).split(",")).hasSize(BaggageHeader.MAX_MEMBERS)
			.contains("k63=v");
		many.replaceAll((key, value) -> "\u00fc".repeat(BaggageHeader.MAX_VALUE_LENGTH));
		many.put("k99", "small");
		String header = BaggageHeader.write(many, Function.identity());
		assertThat(header).hasSizeLessThanOrEqualTo(BaggageHeader.MAX_LENGTH).endsWith(",k99=small");
		assertThat(BaggageHeader.read(List.of(header), Set.of("k0", "k99"))).hasSize(2);
	}

	@Test
	void writesWhatItCanReadBack() {
		Map<String, String> values = new LinkedHashMap<>();
		values.put("lane", "a b,c;d=\"e\" \\ 100% grün \uD83D\uDE80");
		values.put("x-user-group", "tester");
		String header = BaggageHeader.write(values, Function.identity());
		assertThat(header).matches("lane=[!-~&&[^\",;\\\\]]+,x-user-group=tester");
		assertThat(BaggageHeader.read(List.of(header), KEYS)).isEqualTo(values);
	}

	@Test
	void writesNoHeaderForNoUsableValue() {
		assertThat(BaggageHeader.<String>write(Map.of(), Function.identity())).isNull();
		assertThat(BaggageHeader.write(Map.of("lane", ""), Function.identity())).isNull();
		assertThat(BaggageHeader.write(Map.of("lane", "a\r\nb"), Function.identity())).isNull();
		assertThat(BaggageHeader.write(Map.of("lane", "x".repeat(BaggageHeader.MAX_VALUE_LENGTH + 1)),
				Function.identity()))
			.isNull();
	}

}
