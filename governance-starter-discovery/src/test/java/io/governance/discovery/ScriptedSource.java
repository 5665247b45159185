// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

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
		this.first.put(instances[0].service(), Listing.of(Arrays.asList(instances)));
		return this;
	}

	void lists(String service, Instance... healthy) {
		listener(service).listed(Listing.of(List.of(healthy)));
	}

	/** Of all that are known, the first ones. */
	void lists(String service, int known, boolean reset, Instance... healthy) {
		listener(service).listed(new Listing(List.of(healthy), ids(service, known), reset, Set.of()));
	}

	/** No healthy ones. */
	void listsUnhealthy(String service, Instance... unhealthy) {
		listener(service).listed(new Listing(List.of(), ids(unhealthy), false, Set.of()));
	}

	void listsWithUnhealthy(String service, List<Instance> healthy, Instance... unhealthy) {
		Set<String> known = new HashSet<>(ids(unhealthy));
		healthy.forEach((instance) -> known.add(instance.id()));
		listener(service).listed(new Listing(healthy, known, false, Set.of()));
	}

	/** No healthy ones, this one unhealthy, and these taken out. */
	void withdraws(String service, @Nullable Instance unhealthy, Instance... withdrawn) {
		Set<String> known = (unhealthy != null) ? ids(unhealthy) : Set.of();
		listener(service).listed(new Listing(List.of(), known, false, ids(withdrawn)));
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

	private static Set<String> ids(Instance... instances) {
		return Arrays.stream(instances).map(Instance::id).collect(Collectors.toSet());
	}

	private static Set<String> ids(String service, int count) {
		return IntStream.rangeClosed(1, count).mapToObj((number) -> service + "-" + number).collect(Collectors.toSet());
	}

	private Listener listener(String service) {
		Listener listener = this.listeners.get(service);
		if (listener == null) {
			throw new IllegalStateException(service + ": not followed");
		}
		return listener;
	}

}
