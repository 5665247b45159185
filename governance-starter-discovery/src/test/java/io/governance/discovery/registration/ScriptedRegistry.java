// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.registration;

import io.governance.discovery.registration.InstanceRegistry.Standing;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A registry that answers as a test tells it to, and keeps what it was asked.
 */
final class ScriptedRegistry implements InstanceRegistry {

	private final List<String> asked = new ArrayList<>();

	private final Deque<Standing> standings = new ArrayDeque<>();

	private @Nullable RuntimeException failure;

	private Runnable whileAsked = () -> {
	};

	/** Says this the next time, and as the last word from then on. */
	void says(Standing standing) {
		this.failure = null;
		this.standings.add(standing);
	}

	void fails(@Nullable RuntimeException error) {
		this.failure = error;
	}

	/** Has this run before each answer. */
	void whileAsked(Runnable look) {
		this.whileAsked = look;
	}

	List<String> asked() {
		return this.asked;
	}

	static RegistryException failure(String message, boolean noAnswer) {
		return new RegistryException(message, null) {

			@Override
			public boolean noAnswer() {
				return noAnswer;
			}

			@Override
			public boolean refused() {
				return !noAnswer;
			}

		};
	}

	@Override
	public String name() {
		return "scripted";
	}

	@Override
	public String address() {
		return "nowhere:1";
	}

	@Override
	public String remedy() {
		return "Start it.";
	}

	@Override
	public Duration longestAnswer() {
		return Duration.ofSeconds(1);
	}

	@Override
	public Standing confirm(ServiceDefinition wanted, @Nullable String outOfService) {
		this.asked.add("confirm " + wanted.id() + ((outOfService != null) ? " out: " + outOfService : ""));
		this.whileAsked.run();
		failIfWanted();
		return (this.standings.size() > 1) ? this.standings.remove() : this.standings.element();
	}

	@Override
	public void remove() {
		this.asked.add("remove");
		failIfWanted();
	}

	private void failIfWanted() {
		if (this.failure != null) {
			throw this.failure;
		}
	}

}
