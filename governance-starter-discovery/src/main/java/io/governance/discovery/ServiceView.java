// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.util.Arrays;
import java.util.List;

import io.governance.context.Attempts;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * The instances of one service that calls may go to. Immutable; replaced as a whole.
 */
public final class ServiceView {

	private final String service;

	private final State state;

	private final Endpoint[] endpoints;

	ServiceView(String service, State state, Endpoint[] endpoints) {
		this.service = service;
		this.state = state;
		this.endpoints = endpoints;
	}

	/**
	 * The service.
	 * @return its name
	 */
	public String service() {
		return this.service;
	}

	/**
	 * How far the list can be trusted.
	 * @return the state
	 */
	public State state() {
		return this.state;
	}

	/**
	 * The instances, in a fixed order.
	 * @return the instances; a new list
	 */
	public List<Instance> instances() {
		return Arrays.stream(this.endpoints).map(Endpoint::instance).toList();
	}

	/**
	 * The number of instances.
	 * @return how many
	 */
	public int size() {
		return this.endpoints.length;
	}

	int avoided(long now) {
		int avoided = 0;
		for (Endpoint endpoint : this.endpoints) {
			avoided += endpoint.isAvoidedAt(now) ? 1 : 0;
		}
		return avoided;
	}

	List<Endpoint> endpoints() {
		return List.of(this.endpoints);
	}

	/**
	 * Picks in turn: first among those that are neither avoided nor tried, then among
	 * those not avoided, then among those not tried, then any. Touches one endpoint where
	 * nothing failed.
	 */
	@Nullable Endpoint pick(int turn, @Nullable Attempts attempts, TimeSource time) {
		int size = this.endpoints.length;
		if (size == 0) {
			return null;
		}
		int start = Integer.remainderUnsigned(turn, size);
		Endpoint second = null;
		Endpoint third = null;
		for (int i = 0; i < size; i++) {
			Endpoint endpoint = this.endpoints[(start + i < size) ? start + i : start + i - size];
			boolean tried = attempts != null && attempts.contains(endpoint.instance().id());
			if (!endpoint.isAvoided(time)) {
				if (!tried) {
					return endpoint;
				}
				second = (second != null) ? second : endpoint;
			}
			else if (!tried) {
				third = (third != null) ? third : endpoint;
			}
		}
		if (second != null) {
			return second;
		}
		return (third != null) ? third : this.endpoints[start];
	}

	/** How far a list can be trusted. */
	public enum State {

		/** Nothing is known yet. */
		UNKNOWN,

		/** The registry says so. */
		LIVE,

		/** The registry is away: the last list it gave. */
		STALE,

		/**
		 * The registry says that every instance is unhealthy: the last healthy list.
		 */
		ALL_UNHEALTHY,

		/**
		 * The registry came back without its memory: what it says, and what it said
		 * before.
		 */
		RECOVERING

	}

}
