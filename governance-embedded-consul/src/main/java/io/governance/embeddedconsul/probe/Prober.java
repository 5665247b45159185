// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.probe;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.governance.embeddedconsul.catalog.Catalog;
import io.governance.embeddedconsul.catalog.CheckStatus;
import io.governance.embeddedconsul.catalog.Probe;
import io.governance.embeddedconsul.catalog.RegisteredCheck;
import io.governance.time.TimeSource;
import reactor.core.publisher.Mono;

/**
 * Asks the instances whose checks say how, each at its own interval, and reports to the
 * catalog. Never asks an instance twice at the same time. {@link #tick()} is for one
 * thread; it starts what is due and waits for nothing.
 */
public final class Prober {

	private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);

	private final Catalog catalog;

	private final TimeSource time;

	private final ProbeClient client;

	private final Map<String, Long> due = new HashMap<>();

	private final Set<String> running = ConcurrentHashMap.newKeySet();

	/**
	 * A prober.
	 * @param catalog where the checks are and the results go
	 * @param time the clock
	 */
	public Prober(Catalog catalog, TimeSource time) {
		this.catalog = catalog;
		this.time = time;
		this.client = new ProbeClient();
	}

	/**
	 * Starts the probes that are due. A new check is due at once.
	 */
	public void tick() {
		Map<String, RegisteredCheck> checks = this.catalog.store().state().checks();
		this.due.keySet().retainAll(checks.keySet());
		long now = this.time.nanoTime();
		checks.forEach((id, check) -> {
			Probe probe = check.definition().probe();
			if (probe != null && now - this.due.getOrDefault(id, now) >= 0 && this.running.add(id)) {
				this.due.put(id, now + interval(probe).toNanos());
				start(id, probe);
			}
		});
	}

	/**
	 * Stops; answers still to come are not waited for.
	 */
	public void stop() {
		this.client.stop();
	}

	private void start(String id, Probe probe) {
		// Deferred: a target that is none fails here like one that does not answer.
		Mono.defer(() -> this.client.probe(probe))
			.timeout(probe.timeout())
			.onErrorResume((failure) -> Mono
				.just(new ProbeClient.Result(CheckStatus.CRITICAL, probe.target() + ": " + failure.getMessage())))
			.doFinally((signal) -> this.running.remove(id))
			.subscribe((found) -> report(id, probe, found));
	}

	/** The check may be gone, or another one, by the time the answer is here. */
	private void report(String id, Probe probe, ProbeClient.Result found) {
		RegisteredCheck check = this.catalog.store().state().checks().get(id);
		if (check != null && probe.equals(check.definition().probe())) {
			this.catalog.report(id, found.status(), found.output());
		}
	}

	private static Duration interval(Probe probe) {
		return (probe.interval().compareTo(SHORTEST_INTERVAL) < 0) ? SHORTEST_INTERVAL : probe.interval();
	}

}
