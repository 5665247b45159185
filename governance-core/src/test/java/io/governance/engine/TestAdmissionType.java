// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import io.governance.policy.Call;
import io.governance.policy.Decision;
import io.governance.policy.Direction;
import io.governance.policy.Outcome;
import io.governance.policy.Permit;
import io.governance.policy.Policy;
import io.governance.policy.Policy.Forecast;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.policy.Stage;
import io.governance.rule.AdmissionRuleType;
import io.governance.rule.PolicyContext;
import io.governance.rule.RuleDefinition;
import io.governance.schema.Violation;

/**
 * An admission type for tests: writes down what happens to its policies. What they answer
 * a test scripts by the rule's text; otherwise they admit, with a permit.
 */
final class TestAdmissionType implements AdmissionRuleType<TestRule> {

	static final Reason KNOWN = new Reason("known", 429, false);

	static final Reason UNKNOWN = new Reason("unknown", 503, true);

	private final String name;

	private final Stage outbound;

	private final boolean additive;

	private final Map<String, Function<Call, Decision>> answers = new ConcurrentHashMap<>();

	final List<String> journal = new CopyOnWriteArrayList<>();

	TestAdmissionType(String name, Stage outbound, boolean additive) {
		this.name = name;
		this.outbound = outbound;
		this.additive = additive;
	}

	static TestAdmissionType additive(String name) {
		return new TestAdmissionType(name, Stage.RATE_LIMIT, true);
	}

	static TestAdmissionType mostSpecific(String name) {
		return new TestAdmissionType(name, Stage.RATE_LIMIT, false);
	}

	TestAdmissionType answer(String text, Function<Call, Decision> answer) {
		this.answers.put(text, answer);
		return this;
	}

	TestAdmissionType answer(String text, Decision answer) {
		return answer(text, (call) -> answer);
	}

	static Decision rejected() {
		return rejected(KNOWN);
	}

	static Decision rejected(Reason reason) {
		return new Decision.Rejected(new Rejection(reason, null, 5));
	}

	Permit permit(String text) {
		return (outcome) -> this.journal.add("release " + text + " " + outcome.kind());
	}

	Decision admitted(String text) {
		return new Decision.Admitted(permit(text));
	}

	RuleDefinition<TestRule> rule(String id, TestRule rule) {
		return new RuleDefinition<>(this, id, rule, "test");
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public Class<TestRule> ruleClass() {
		return TestRule.class;
	}

	@Override
	public List<Direction> directions() {
		return List.of(Direction.OUTBOUND, Direction.INBOUND);
	}

	@Override
	public Stage stage(TestRule rule, Direction direction) {
		return (direction == Direction.OUTBOUND) ? this.outbound : Stage.EDGE_RATE_LIMIT;
	}

	@Override
	public boolean isAdditive() {
		return this.additive;
	}

	@Override
	public List<Violation> validate(TestRule rule) {
		return List.of();
	}

	@Override
	public List<Reason> reasons() {
		return List.of(KNOWN);
	}

	@Override
	public Set<String> events() {
		return Set.of("event");
	}

	@Override
	public Policy newPolicy(TestRule rule, PolicyContext context) {
		this.journal.add("new " + context.rule());
		return new TestPolicy(rule.text(), context);
	}

	@Override
	public Policy inherit(Policy running, TestRule before, TestRule rule, PolicyContext context) {
		return before.text().equals(rule.text()) ? running : newPolicy(rule, context);
	}

	List<String> takeJournal() {
		List<String> taken = List.copyOf(this.journal);
		this.journal.clear();
		return taken;
	}

	private final class TestPolicy implements Policy {

		private final String text;

		private final PolicyContext context;

		private int calls;

		TestPolicy(String text, PolicyContext context) {
			this.text = text;
			this.context = context;
		}

		@Override
		public Decision tryAcquire(Call call) {
			TestAdmissionType.this.journal.add("ask " + this.text);
			this.calls++;
			this.context.events().apply("event").increment();
			Function<Call, Decision> answer = TestAdmissionType.this.answers.get(this.text);
			return (answer != null) ? answer.apply(call) : admitted(this.text);
		}

		@Override
		public Forecast foresee(Call call) {
			Function<Call, Decision> answer = TestAdmissionType.this.answers.get(this.text);
			return (answer != null && answer.apply(call) instanceof Decision.Rejected rejected)
					? Forecast.reject(rejected.rejection(), state()) : Forecast.admit(state());
		}

		@Override
		public String state() {
			return "calls=" + this.calls;
		}

	}

	static Outcome ok() {
		return Outcome.response(200, false, 1);
	}

}
