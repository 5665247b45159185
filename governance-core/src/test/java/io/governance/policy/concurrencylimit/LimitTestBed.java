// SPDX-License-Identifier: Apache-2.0

package io.governance.policy.concurrencylimit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.governance.match.CallKey;
import io.governance.match.OutcomeMatch;
import io.governance.policy.Call;
import io.governance.policy.Decision;
import io.governance.policy.FakeCall;
import io.governance.policy.Outcome;
import io.governance.policy.Permit;
import io.governance.policy.Policy;
import io.governance.policy.Call.Priority;
import io.governance.rule.TestContext;
import io.governance.time.ManualTimeSource;
import org.jspecify.annotations.Nullable;

/**
 * A limit that a test drives.
 */
final class LimitTestBed {

	static final FakeCall CALL = FakeCall.at("orders");

	private static final Pattern LIMIT = Pattern.compile("limit:([0-9]+)");

	final ManualTimeSource time;

	final TestContext context;

	final ConcurrencyLimitRuleType type = new ConcurrencyLimitRuleType();

	volatile Policy policy;

	LimitTestBed(String... settings) {
		this(new ManualTimeSource(), settings);
	}

	LimitTestBed(ManualTimeSource time, String... settings) {
		this.time = time;
		this.context = new TestContext("concurrency-limit/c", time);
		this.policy = this.type.newPolicy(rule(settings), this.context.context());
	}

	/**
	 * A rule of settings such as {@code min=3}, all others by default.
	 */
	static ConcurrencyLimitRule rule(String... settings) {
		Map<String, String> values = new HashMap<>();
		Arrays.stream(settings).map((setting) -> setting.split("=")).forEach((pair) -> values.put(pair[0], pair[1]));
		ConcurrencyLimitRule rule = new ConcurrencyLimitRule(null, null, 0, take(values, "key", CallKey::parse),
				take(values, "max-keys", Integer::valueOf), take(values, "initial", Integer::valueOf),
				take(values, "min", Integer::valueOf), take(values, "max", Integer::valueOf),
				take(values, "smoothing", Double::valueOf), take(values, "queue", Integer::valueOf),
				take(values, "tolerance", Double::valueOf), take(values, "long-window", Integer::valueOf),
				take(values, "dropped-on", LimitTestBed::outcomes), take(values, "drop-share", Double::valueOf),
				take(values, "shrink-on-drop", Boolean::valueOf),
				take(values, "grow-only-when-steady", Boolean::valueOf), take(values, "shares", LimitTestBed::shares));
		if (!values.isEmpty()) {
			throw new IllegalArgumentException("settings: " + values);
		}
		return rule;
	}

	private static <T> @Nullable T take(Map<String, String> values, String name, Function<String, T> parser) {
		String value = values.remove(name);
		return (value != null) ? parser.apply(value) : null;
	}

	private static List<OutcomeMatch> outcomes(String words) {
		return Arrays.stream(words.split(" ")).map(OutcomeMatch::parse).toList();
	}

	/** Shares such as {@code 0.5/0.3/0.2}, in the order of the priorities. */
	private static Map<String, Double> shares(String written) {
		Map<String, Double> shares = new HashMap<>();
		String[] values = written.split("/");
		for (Priority priority : Priority.values()) {
			shares.put(priority.wireValue(), Double.valueOf(values[priority.ordinal()]));
		}
		return shares;
	}

	static FakeCall call(Priority priority) {
		return FakeCall.at("orders").priority(priority);
	}

	Optional<Permit> tryAdmit(Call call) {
		return (this.policy.tryAcquire(call) instanceof Decision.Admitted admitted) ? Optional.of(admitted.permit())
				: Optional.empty();
	}

	Permit admit() {
		return tryAdmit(CALL).orElseThrow();
	}

	/** As many calls as there is room for. */
	List<Permit> fill(Call call) {
		List<Permit> permits = new ArrayList<>();
		for (Optional<Permit> permit = tryAdmit(call); permit.isPresent(); permit = tryAdmit(call)) {
			permits.add(permit.get());
		}
		return permits;
	}

	/**
	 * As many calls as there is room for, which all end so; the last of them ends a
	 * window of just these, and the tenth one before if they are longer than the window.
	 */
	void round(Outcome outcome) {
		List<Permit> permits = fill(CALL);
		this.time.advanceNanos(outcome.nanos());
		permits.subList(1, permits.size()).forEach((permit) -> permit.release(outcome));
		this.time.advanceNanos(Window.LONGEST);
		permits.get(0).release(outcome);
	}

	void rounds(int count, Outcome outcome) {
		for (int i = 0; i < count; i++) {
			round(outcome);
		}
	}

	static Outcome answer(int status, int millis) {
		return Outcome.response(status, false, Duration.ofMillis(millis).toNanos());
	}

	static Outcome ok(int millis) {
		return answer(200, millis);
	}

	static Outcome failure(Outcome.Kind kind, int millis) {
		return Outcome.failure(kind, null, Duration.ofMillis(millis).toNanos());
	}

	int limit() {
		Matcher matcher = LIMIT.matcher(this.policy.state());
		if (!matcher.find()) {
			throw new IllegalStateException(this.policy.state());
		}
		return Integer.parseInt(matcher.group(1));
	}

}
