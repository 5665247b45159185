// SPDX-License-Identifier: Apache-2.0

package io.governance.test;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.governance.context.Attempts;
import io.governance.context.CallContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Stands in for the choice of an instance: takes the first one that the call has not
 * tried, and remembers in what context it was asked. Thread-safe.
 */
public final class FakeInstances {

	private final List<URI> instances;

	private final List<Pick> picks = new CopyOnWriteArrayList<>();

	/**
	 * Names the instances.
	 * @param instances their addresses, the first choice first
	 */
	public FakeInstances(List<URI> instances) {
		this.instances = List.copyOf(instances);
	}

	/**
	 * Chooses an instance.
	 * @param uri the address that names the service
	 * @param attempts what the call has tried; {@code null} when nobody says
	 * @return the same address at the instance
	 */
	public URI pick(URI uri, @Nullable Attempts attempts) {
		URI chosen = this.instances.stream()
			.filter((instance) -> attempts == null || !attempts.contains(instance.toString()))
			.findFirst()
			.orElse(this.instances.get(0));
		if (attempts != null) {
			attempts.add(chosen.toString());
		}
		this.picks.add(new Pick(chosen, CallContext.current(), MDC.get("traceId")));
		return URI.create(chosen + uri.getRawPath() + ((uri.getRawQuery() != null) ? "?" + uri.getRawQuery() : ""));
	}

	/**
	 * What was chosen so far.
	 * @return the choices, in order
	 */
	public List<Pick> picks() {
		return List.copyOf(this.picks);
	}

	/**
	 * A choice.
	 *
	 * @param instance the instance
	 * @param context the call context of the thread that asked
	 * @param traceId what its {@code MDC} had under {@code traceId}
	 */
	public record Pick(URI instance, CallContext context, @Nullable String traceId) {
	}

}
