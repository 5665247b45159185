// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import io.governance.observation.TraceVerdict;
import io.governance.policy.Enforcement;
import io.governance.policy.Reason;
import io.governance.rule.AdmissionRuleType;
import io.governance.rule.ObservationRuleType;
import io.governance.rule.RuleType;
import org.jspecify.annotations.Nullable;

/**
 * The counts of one rule at one enforcement. They survive every change of the rule, of
 * its enforcement to and fro as well, so that meters never run backwards. Thread-safe.
 */
public final class DecisionCounter {

	static final String ADMITTED = "admitted";

	static final String REJECTED = "rejected";

	static final String APPLIED = "applied";

	static final String FAILED = "failed";

	/** The reason of decisions that need none. */
	public static final String NO_REASON = "none";

	private static final String OTHER_REASON = "other";

	private final String type;

	private final String id;

	private final Enforcement enforcement;

	private final LongAdder passed;

	private final Map<Key, LongAdder> counts = new LinkedHashMap<>();

	/** Counted once per request: by the verdict's ordinal. */
	private final @Nullable LongAdder[] verdicts = new LongAdder[TraceVerdict.values().length];

	private final RuleType<?> ruleType;

	private final Map<Enforcement, DecisionCounter> siblings;

	DecisionCounter(RuleType<?> type, String id, Enforcement enforcement) {
		this(type, id, enforcement, null);
	}

	private DecisionCounter(RuleType<?> type, String id, Enforcement enforcement, @Nullable DecisionCounter before) {
		this.ruleType = type;
		this.type = type.name();
		this.id = id;
		this.enforcement = enforcement;
		this.siblings = (before != null) ? before.siblings : new ConcurrentHashMap<>();
		this.passed = passed(type);
		if (type instanceof AdmissionRuleType<?> admissionType) {
			List<Reason> reasons = admissionType.reasons();
			reasons.forEach((reason) -> add(REJECTED, reason.name()));
			add(REJECTED, OTHER_REASON);
		}
		if (type instanceof ObservationRuleType<?> observationType) {
			observationType.verdicts()
				.forEach((verdict) -> this.verdicts[verdict.ordinal()] = add(verdict.decision(), NO_REASON));
		}
		// policies outlive a change of enforcement, and hold on to their events
		type.events().forEach((event) -> share(event, before));
		add(FAILED, NO_REASON);
		this.siblings.put(enforcement, this);
	}

	/**
	 * The counts of the same rule at another enforcement.
	 */
	DecisionCounter at(Enforcement other) {
		DecisionCounter sibling = this.siblings.get(other);
		return (sibling != null) ? sibling : new DecisionCounter(this.ruleType, this.id, other, this);
	}

	/**
	 * Observation rules let nothing pass: they count verdicts, or events.
	 */
	private LongAdder passed(RuleType<?> type) {
		if (type instanceof ObservationRuleType<?>) {
			return new LongAdder();
		}
		return add((type instanceof AdmissionRuleType<?>) ? ADMITTED : APPLIED, NO_REASON);
	}

	private LongAdder add(String decision, String reason) {
		LongAdder adder = new LongAdder();
		this.counts.put(new Key(decision, reason), adder);
		return adder;
	}

	private void share(String event, @Nullable DecisionCounter before) {
		this.counts.put(new Key(event, NO_REASON), (before != null) ? before.event(event) : new LongAdder());
	}

	void passed() {
		this.passed.increment();
	}

	void failed() {
		event(FAILED).increment();
	}

	void rejected(Reason reason) {
		LongAdder adder = this.counts.get(new Key(REJECTED, reason.name()));
		Objects.requireNonNull((adder != null) ? adder : this.counts.get(new Key(REJECTED, OTHER_REASON))).increment();
	}

	void decided(TraceVerdict verdict) {
		LongAdder adder = this.verdicts[verdict.ordinal()];
		if (adder == null) {
			throw new IllegalArgumentException(
					"verdict: " + verdict + " (expected: one of the verdicts of " + this.type + ")");
		}
		adder.increment();
	}

	LongAdder event(String name) {
		LongAdder adder = this.counts.get(new Key(name, NO_REASON));
		if (adder == null) {
			throw new IllegalArgumentException(
					"event: " + name + " (expected: one of the events of " + this.type + ")");
		}
		return adder;
	}

	/**
	 * The rule's type.
	 * @return its name
	 */
	public String type() {
		return this.type;
	}

	/**
	 * The rule's id.
	 * @return the id
	 */
	public String id() {
		return this.id;
	}

	/**
	 * What the rule was allowed to do when it counted.
	 * @return the enforcement
	 */
	public Enforcement enforcement() {
		return this.enforcement;
	}

	/**
	 * The live counts. The map's keys are fixed.
	 * @return counts by decision and reason
	 */
	public Map<Key, LongAdder> counts() {
		return Map.copyOf(this.counts);
	}

	/**
	 * What is counted.
	 *
	 * @param decision what was decided
	 * @param reason why; {@value #NO_REASON} where that needs none
	 */
	public record Key(String decision, String reason) {
	}

}
