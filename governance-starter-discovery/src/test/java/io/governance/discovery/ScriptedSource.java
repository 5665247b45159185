// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * A registry that says what a test tells it to say, at once and on the test's thread.
 */
public final class ScriptedSource implements InstanceSource {

	private final Map<String, Listener> listeners = new ConcurrentHashMap<>();

	private final Map<String, Listing> first = new ConcurrentHashMap<>();

	@Override
	public Following follow(String service, Listener listener) {
		this.listeners.put(service, listener);
		Listing listing = this.first.get(service);
		if (listing != null) {
			listener.listed(listing);
		}
		return () -> this.listeners.remove(service);
	}

	@Override
	public String description() {
		return "script";
	}

	/** What a service's first listing will be. */
	public ScriptedSource with(Instance... instances) {
		this.first.put(instances[0].service(), new Listing(Arrays.asList(instances), instances.length, false));
		return this;
	}

	void lists(String service, Instance... healthy) {
		listener(service).listed(new Listing(List.of(healthy), healthy.length, false));
	}

	void lists(String service, int known, boolean reset, Instance... healthy) {
		listener(service).listed(new Listing(List.of(healthy), known, reset));
	}

	/** No healthy ones, some that are unhealthy, and these taken out. */
	void withdraws(String service, int unhealthy, Instance... withdrawn) {
		Set<String> ids = Arrays.stream(withdrawn).map(Instance::id).collect(Collectors.toSet());
		listener(service).listed(new Listing(List.of(), unhealthy, false, ids));
	}

	void fails(String service) {
		listener(service).failed(new IllegalStateException("registry is away"));
	}

	boolean isFollowed(String service) {
		return this.listeners.containsKey(service);
	}

	public static Instance instance(String service, int number) {
		return new Instance(service + "-" + number, service, "10.0.0." + number, 8080, false, Map.of());
	}

	public static Instance local(String service, String id, int port) {
		return new Instance(id, service, "127.0.0.1", port, false, Map.of());
	}

	private Listener listener(String service) {
		Listener listener = this.listeners.get(service);
		if (listener == null) {
			throw new IllegalStateException(service + ": not followed");
		}
		return listener;
	}

}
