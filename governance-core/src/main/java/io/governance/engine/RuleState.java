// SPDX-License-Identifier: Apache-2.0

package io.governance.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.governance.rule.StateDisplay;

/**
 * The state that the policy of one rule keeps for each called service. Lives as long as
 * the policy; thread-safe.
 */
public final class RuleState implements StateDisplay {

	private final String type;

	private final String id;

	private final Runnable changed;

	private final Map<String, String> byService = new ConcurrentHashMap<>();

	RuleState(String type, String id, Runnable changed) {
		this.type = type;
		this.id = id;
		this.changed = changed;
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
	 * The states now.
	 * @return states by service
	 */
	public Map<String, String> byService() {
		return Map.copyOf(this.byService);
	}

	/**
	 * Whether a service is in a state now.
	 * @param service the called service
	 * @param state the state
	 * @return whether it is
	 */
	public boolean is(String service, String state) {
		return state.equals(this.byService.get(service));
	}

	@Override
	public void show(String service, String state) {
		if (this.byService.put(service, state) == null) {
			this.changed.run();
		}
	}

	@Override
	public void forget(String service) {
		if (this.byService.remove(service) != null) {
			this.changed.run();
		}
	}

}
