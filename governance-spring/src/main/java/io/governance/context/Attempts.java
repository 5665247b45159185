// SPDX-License-Identifier: Apache-2.0

package io.governance.context;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The attempts of one logical outbound call, and which instances it has tried. The call
 * stage makes one per call and puts it among the request's attributes under
 * {@link #ATTRIBUTE}; whoever picks an instance avoids those already tried, and adds the
 * one it takes. Thread-safe.
 */
public final class Attempts {

	/** The name of the request attribute. */
	public static final String ATTRIBUTE = Attempts.class.getName();

	private final List<String> instances = new CopyOnWriteArrayList<>();

	private final String service;

	private volatile int number = 1;

	/**
	 * Creates the attempts of a call to a service that nobody asks the name of.
	 */
	public Attempts() {
		this("");
	}

	/**
	 * Creates the attempts of a call.
	 * @param service the called service
	 */
	public Attempts(String service) {
		this.service = service;
	}

	/**
	 * The called service.
	 * @return its name; empty where it has none
	 */
	public String service() {
		return this.service;
	}

	/**
	 * The number of the attempt that is being made.
	 * @return 1 for the first
	 */
	public int number() {
		return this.number;
	}

	/**
	 * Notes which attempt is being made.
	 * @param number 1 for the first
	 */
	public void begin(int number) {
		this.number = number;
	}

	/**
	 * Notes that an instance is being tried.
	 * @param instance its id
	 */
	public void add(String instance) {
		this.instances.add(Objects.requireNonNull(instance, "instance"));
	}

	/**
	 * Whether an instance was already tried for this call.
	 * @param instance its id
	 * @return whether it was
	 */
	public boolean contains(String instance) {
		return this.instances.contains(instance);
	}

	/**
	 * The instances tried so far, in order.
	 * @return their ids
	 */
	public List<String> instances() {
		return List.copyOf(this.instances);
	}

}
