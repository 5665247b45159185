// SPDX-License-Identifier: Apache-2.0

package io.governance.match;

import java.util.List;
import java.util.Map;

import io.governance.policy.Direction;
import io.governance.schema.Violation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class MatchTests {

	private static final StringMatch NOTHING = new StringMatch(null, null, null, null, null, null);

	private static Match match(@Nullable String service, List<String> methods, @Nullable String path,
			List<String> hosts) {
		return new Match(null, service, methods, path, hosts, Map.of(), Map.of(), null, Map.of());
	}

	@Test
	void emptyMatchIsValidAndHasNoConditions() {
		assertThat(Match.ANY.validate()).isEmpty();
		assertThat(Match.ANY.conditions()).isZero();
	}

	@Test
	void absentCollectionsAreEmpty() {
		assertThat(new Match(null, null, null, null, null, null, null, null, null)).isEqualTo(Match.ANY);
	}

	@Test
	void writesMethodsInUpperAndHostsInLowerCase() {
		Match match = match(null, List.of("post", "Get"), null, List.of("Shop.Example.ORG"));
		assertThat(match.methods()).containsExactly("POST", "GET");
		assertThat(match.hosts()).containsExactly("shop.example.org");
	}

	@Test
	void isEqualHoweverItsCollectionsWereBuilt() {
		assertThat(match("a", List.of("get"), "/x", List.of())).isEqualTo(match("a", List.of("GET"), "/x", List.of()))
			.hasSameHashCodeAs(match("a", List.of("GET"), "/x", List.of()));
	}

	@Test
	void countsConditionsOtherThanPathAndDirection() {
		StringMatch x = StringMatch.exact("x");
		Match full = new Match(Direction.OUTBOUND, "orders", List.of("GET", "PUT"), "/**", List.of("a", "b"),
				Map.of("h1", x, "h2", x), Map.of("q", x), x, Map.of("l", x));
		assertThat(full.conditions()).isEqualTo(8);
		assertThat(Match.service("orders").conditions()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "  " })
	void refusesABlankService(String service) {
		assertThat(Match.service(service).validate())
			.containsExactly(new Violation("match.service", "\"\"", "the name of a service"));
	}

	@Test
	void refusesPlaceholdersThatNothingReplaced() {
		assertThat(Match.service("${STOCK}").validate())
			.containsExactly(new Violation("match.service", "${STOCK}", "the name of a service"));
		assertThat(StringMatch.exact("a ${b} c").validate("match.caller"))
			.containsExactly(new Violation("match.caller", "a ${b} c", "a placeholder that has a value"));
		assertThat(StringMatch.exact("$5 {a}").validate("match.caller")).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "headers", "query", "labels" })
	void refusesConditionsThatAreWrittenAsAList(String component) {
		Map<String, StringMatch> list = Map.of("0", StringMatch.exact("x-user-group"));
		Match match = new Match(null, null, null, null, null, "headers".equals(component) ? list : null,
				"query".equals(component) ? list : null, null, "labels".equals(component) ? list : null);
		assertThat(match.validate())
			.containsExactly(new Violation("match." + component + ".0", "0", "conditions by name"));
	}

	@Test
	void refusesAPathThatIsNoPattern() {
		assertThat(match(null, List.of(), "orders", List.of()).validate())
			.containsExactly(new Violation("match.path", "orders", "a path pattern that starts with /"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "GET,POST", "GET POST", "*", "4" })
	void refusesWhatIsNoMethod(String method) {
		assertThat(match(null, List.of("GET", method), null, List.of()).validate())
			.containsExactly(new Violation("match.methods", method, "names of HTTP methods"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "patch", "VERSION-CONTROL" })
	void takesMethods(String method) {
		assertThat(match(null, List.of(method), null, List.of()).validate()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "shop:8080", "http://shop", "*.example.org", "shop/path", "a b" })
	void refusesHostsThatCouldNeverMatch(String host) {
		assertThat(match(null, List.of(), null, List.of(host)).validate())
			.containsExactly(new Violation("match.hosts", host, "host names without port"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "shop", "shop.example.org", "127.0.0.1", "[::1]", "my_host-1" })
	void takesHosts(String host) {
		assertThat(match(null, List.of(), null, List.of(host)).validate()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "headers", "query", "labels" })
	void namesTheConditionThatIsWrong(String component) {
		Map<String, StringMatch> faulty = Map.of("x-a", NOTHING);
		Match match = new Match(null, null, List.of(), null, List.of(), component.equals("headers") ? faulty : Map.of(),
				component.equals("query") ? faulty : Map.of(), null, component.equals("labels") ? faulty : Map.of());
		assertThat(match.validate()).singleElement()
			.extracting(Violation::component)
			.isEqualTo("match." + component + ".x-a");
	}

	@Test
	void collectsAllThatIsWrong() {
		Match match = new Match(null, "", List.of("?"), "x", List.of("a:1"), Map.of("h", NOTHING), Map.of("q", NOTHING),
				NOTHING, Map.of("l", NOTHING));
		assertThat(match.validate()).extracting(Violation::component)
			.containsExactly("match.service", "match.methods", "match.hosts", "match.path", "match.headers.h",
					"match.query.q", "match.labels.l", "match.caller");
	}

	@Test
	void conditionsPrintTheSameInEveryProcess() {
		Map<String, StringMatch> headers = Map.of("x-c", StringMatch.exact("1"), "x-a", StringMatch.exact("1"), "x-b",
				StringMatch.exact("1"));
		Match match = new Match(null, null, List.of(), null, List.of(), headers, Map.of(), null, Map.of());
		assertThat(match.headers().keySet()).containsExactly("x-a", "x-b", "x-c");
	}

}
