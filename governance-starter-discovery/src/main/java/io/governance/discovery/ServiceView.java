// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The instances of one service that calls may go to. Immutable; replaced as a whole.
 */
public final class ServiceView {

	private final String service;

	private final State state;

	private final List<Endpoint> endpoints;

	/** Made when somebody first asks for an address. */
	private volatile @Nullable Set<String> addresses;

	ServiceView(String service, State state, List<Endpoint> endpoints) {
		this.service = service;
		this.state = state;
		this.endpoints = List.copyOf(endpoints);
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
		return this.endpoints.stream().map(Endpoint::instance).toList();
	}

	/**
	 * The number of instances.
	 * @return how many
	 */
	public int size() {
		return this.endpoints.size();
	}

	/**
	 * Whether an instance has an address. The first question to a view walks its list,
	 * others do not.
	 * @param address host and port, as they stand in a URI
	 * @return whether one has
	 */
	boolean hasAddress(String address) {
		Set<String> known = this.addresses;
		if (known == null) {
			known = this.endpoints.stream()
				.map((endpoint) -> endpoint.instance().address())
				.collect(Collectors.toUnmodifiableSet());
			this.addresses = known;
		}
		return known.contains(address);
	}

	List<Endpoint> endpoints() {
		return this.endpoints;
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
