// SPDX-License-Identifier: Apache-2.0

package io.governance.match;

import java.util.Map;

import io.governance.schema.Violation;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MetadataMatcherTests {

	@Test
	void allConditionsMustHold() {
		MetadataMatcher matcher = new MetadataMatcher(Map.of("version", StringMatch.exact("2"), "zone",
				new StringMatch(null, "eu-", null, null, null, null)));
		assertThat(matcher.matches(Map.of("version", "2", "zone", "eu-1"))).isTrue();
		assertThat(matcher.matches(Map.of("version", "2", "zone", "us-1"))).isFalse();
		assertThat(matcher.matches(Map.of("version", "2"))).isFalse();
	}

	@Test
	void noConditionHoldsForEverything() {
		assertThat(new MetadataMatcher(Map.of()).matches(Map.of())).isTrue();
	}

	@Test
	void saysWhatIsWrongAndWhere() {
		StringMatch nothing = new StringMatch(null, null, null, null, null, null);
		assertThat(MetadataMatcher.validate("to[0].subset", Map.of("version", nothing))).containsExactly(new Violation(
				"to[0].subset.version", "0 conditions", "exactly one of exact, prefix, suffix, regex, present, not"));
		assertThat(MetadataMatcher.validate("to", Map.of("version", StringMatch.exact("2")))).isEmpty();
	}

}
