// SPDX-License-Identifier: Apache-2.0

package io.governance.execution.fallback;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.governance.answer.Answer;
import io.governance.answer.KeptAnswers;
import io.governance.bean.BeanReference;
import io.governance.execution.ExecutionPolicy;
import io.governance.execution.FailureMatch;
import io.governance.execution.FallbackAnswer;
import io.governance.policy.Direction;
import io.governance.policy.Enforcement;
import io.governance.policy.Stage;
import io.governance.rule.ExecutionRuleType;
import io.governance.rule.PolicyContext;
import io.governance.schema.Violation;

/**
 * Declares {@code fallback}. The most specific rule applies. A rule keeps its last good
 * answers as long as their bounds and the headers of their keys stay the same.
 */
public final class FallbackRuleType implements ExecutionRuleType<FallbackRule> {

	static final String ANSWERED = "answered";

	static final String UNANSWERED = "unanswered";

	static final String BEAN_FAILED = "bean-failed";

	private static final Pattern HEADER_NAME = Pattern.compile("[\\w!#$%&'*+.^`|~-]{1,100}");

	@Override
	public String name() {
		return "fallback";
	}

	@Override
	public Class<FallbackRule> ruleClass() {
		return FallbackRule.class;
	}

	@Override
	public List<Direction> directions() {
		return List.of(Direction.OUTBOUND);
	}

	@Override
	public Stage stage(FallbackRule rule, Direction direction) {
		return Stage.FALLBACK;
	}

	@Override
	public Set<String> events() {
		return Set.of(ANSWERED, UNANSWERED, BEAN_FAILED);
	}

	@Override
	public List<BeanReference> beans(FallbackRule rule) {
		return (rule.bean() != null && rule.enforcement() != Enforcement.OFF)
				? List.of(new BeanReference("bean", rule.bean(), FallbackAnswer.class)) : List.of();
	}

	@Override
	public List<Violation> validate(FallbackRule rule) {
		List<Violation> violations = new ArrayList<>(FailureMatch.validate("fallback-on", rule.fallbackOn()));
		long sources = Stream.of(rule.answer() != null, rule.lastGood(), rule.bean() != null)
			.filter(Boolean::booleanValue)
			.count();
		if (sources != 1) {
			violations
				.add(new Violation((rule.answer() != null) ? "answer" : (rule.bean() != null) ? "bean" : "last-good",
						sources + " of them", "exactly one of answer, last-good: true and bean"));
		}
		if (rule.answer() != null) {
			violations.addAll(rule.answer().validate());
		}
		if (rule.bean() != null && rule.bean().isBlank()) {
			violations.add(new Violation("bean", rule.bean(), "the name of a bean"));
		}
		check(violations, "max-age", rule.maxAge());
		check(violations, "max-entries", rule.maxEntries(), 1, 100_000);
		check(violations, "max-bytes", rule.maxBytes(), 1_024, 1L << 30);
		check(violations, "max-body-bytes", rule.maxBodyBytes(), 0, 16L << 20);
		rule.keyHeaders()
			.stream()
			.filter((name) -> !HEADER_NAME.matcher(name).matches())
			.forEach((name) -> violations.add(new Violation("key-headers", name, "names of headers")));
		return violations;
	}

	private static void check(List<Violation> violations, String component, Duration value) {
		if (value.compareTo(Duration.ofSeconds(1)) < 0 || value.compareTo(Duration.ofDays(7)) > 0) {
			violations.add(new Violation(component, value.toString(), "1s to 7d"));
		}
	}

	private static void check(List<Violation> violations, String component, long value, long min, long max) {
		if (value < min || value > max) {
			violations.add(new Violation(component, String.valueOf(value), min + " to " + max));
		}
	}

	@Override
	public ExecutionPolicy newPolicy(FallbackRule rule, PolicyContext context) {
		return policy(rule, context, new KeptAnswers(rule.maxEntries(), rule.maxBytes()));
	}

	@Override
	public ExecutionPolicy inherit(ExecutionPolicy running, FallbackRule before, FallbackRule rule,
			PolicyContext context) {
		boolean same = before.maxEntries().equals(rule.maxEntries()) && before.maxBytes().equals(rule.maxBytes())
				&& before.keyHeaders().equals(rule.keyHeaders());
		return (same && ((FallbackPolicy) running).source() instanceof LastGoodAnswers last)
				? policy(rule, context, last.kept()) : newPolicy(rule, context);
	}

	private static FallbackPolicy policy(FallbackRule rule, PolicyContext context, KeptAnswers kept) {
		return new FallbackPolicy(rule, context, source(rule, context, kept));
	}

	private static FallbackSource source(FallbackRule rule, PolicyContext context, KeptAnswers kept) {
		if (rule.bean() != null) {
			return new BeanAnswers(rule.bean(), context);
		}
		if (rule.lastGood()) {
			return new LastGoodAnswers(rule, context.time(), kept);
		}
		Answer written = (rule.answer() != null) ? rule.answer().answer() : new StaticAnswer(null, null, null).answer();
		return (call, failure) -> written;
	}

}
