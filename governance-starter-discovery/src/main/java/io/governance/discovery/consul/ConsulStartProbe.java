// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.consul;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

import org.springframework.context.SmartLifecycle;

/**
 * Asks the agent one thing at start, and does not wait for the answer: a process that
 * calls nobody yet, and does not register, says all the same that its agent is away. What
 * it says comes from {@link ConsulReachability}, and so only once.
 */
public final class ConsulStartProbe implements SmartLifecycle {

	private static final Duration ANSWER_TIME = Duration.ofSeconds(5);

	private final ConsulClient client;

	private final ScheduledExecutorService scheduler;

	private volatile boolean running;

	/**
	 * Creates the probe; asks nothing before the start.
	 * @param client connections to the agent
	 * @param scheduler the thread that asks
	 */
	public ConsulStartProbe(ConsulClient client, ScheduledExecutorService scheduler) {
		this.client = client;
		this.scheduler = scheduler;
	}

	@Override
	public void start() {
		this.running = true;
		// any answer will do, and this question needs no right
		this.scheduler.execute(() -> this.client.get("/v1/status/leader", ANSWER_TIME));
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return Integer.MIN_VALUE + 2048;
	}

}
