// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.governance.policy.Call;
import io.governance.policy.Decision;
import io.governance.policy.Direction;
import io.governance.rule.EnforcementOverrides;
import io.governance.rule.RuleDefinition;
import io.governance.rule.RuleSet;
import io.governance.time.ManualTimeSource;

/**
 * Brings the answers of its own race along, so that races can share an engine.
 */
record RacedCall(Map<String, Decision> answers) implements Call {

	@Override
	public Direction direction() {
		return Direction.OUTBOUND;
	}

	@Override
	public String service() {
		return "inventory";
	}

	@Override
	public String method() {
		return "GET";
	}

	@Override
	public String path() {
		return "/";
	}

	@Override
	public String header(String name) {
		return null;
	}

	@Override
	public String query(String name) {
		return null;
	}

	/**
	 * An engine with one rule per text, whose answers come with the calls.
	 */
	static PolicyEngine engine(String... texts) {
		TestAdmissionType type = TestAdmissionType.additive("type");
		List<RuleDefinition<?>> rules = new ArrayList<>();
		for (String text : texts) {
			type.answer(text, (call) -> ((RacedCall) call).answers().get(text));
			rules.add(type.rule(text, TestRule.of(text)));
		}
		PolicyEngine engine = new PolicyEngine("orders", new ManualTimeSource(), new Random(1));
		engine.apply(new RuleSet("r", rules, EnforcementOverrides.NONE));
		return engine;
	}

}
