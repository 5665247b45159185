// SPDX-License-Identifier: Apache-2.0

package io.governance.config.refresh;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.governance.config.ConfigProperties;
import io.governance.config.remote.ConfigRefusedException;
import io.governance.config.remote.ConfigWatchAnswer;
import io.governance.config.remote.RemoteConfig;
import io.governance.config.remote.RemoteConfigState;
import io.governance.config.remote.RemoteConfigStatus;
import io.governance.config.remote.RemoteConfigStatus.Source;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * The one watch of this service: a long poll on a thread of its own, a fetch after each
 * change and now and then anyway, pauses while the server is away. It never gives up.
 */
public final class ConfigWatch implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(ConfigWatch.class);

	private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

	private static final String FAULT_OF_OURS = "the watch of this service fails: ";

	private final RemoteConfigState state;

	private final RemoteConfigUpdater updater;

	private final ConfigMeters meters;

	private final ConfigProperties.Watch settings;

	private final TimeSource time;

	private final Backoff backoff;

	private volatile @Nullable Running running;

	private @Nullable String seen;

	private @Nullable RemoteConfig offered;

	private boolean offerFailed;

	private long lastFetch;

	private boolean polling;

	private @Nullable String roundFault;

	/**
	 * Creates a watch that is not running.
	 * @param state what is in force
	 * @param updater takes what was fetched
	 * @param meters counts what happens
	 * @param settings waits and pauses
	 * @param time the clock
	 */
	public ConfigWatch(RemoteConfigState state, RemoteConfigUpdater updater, ConfigMeters meters,
			ConfigProperties.Watch settings, TimeSource time) {
		this.state = state;
		this.updater = updater;
		this.meters = meters;
		this.settings = settings;
		this.time = time;
		this.backoff = new Backoff(FIRST_PAUSE, settings.maxBackoff(), () -> ThreadLocalRandom.current().nextLong());
	}

	@Override
	public void start() {
		RemoteConfigStatus status = this.state.status();
		if (status.source() == Source.SERVER) {
			this.seen = this.state.config().revision();
			this.offered = this.state.config();
			this.lastFetch = this.time.nanoTime();
			if (status.refusedRevision() == null) {
				this.state.lastKnownGood().write(this.state.config());
			}
			this.state.confirmed(this.time.epochMillis());
		}
		else {
			this.state.unconfirmed(this.time.epochMillis());
		}
		CountDownLatch stopped = new CountDownLatch(1);
		Thread thread = new Thread(() -> run(stopped), "governance-config-watch");
		thread.setDaemon(true);
		this.running = new Running(thread, stopped);
		thread.start();
	}

	@Override
	public void stop() {
		Running current = this.running;
		if (current != null) {
			current.stopped().countDown();
			current.thread().interrupt();
			this.running = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.running != null;
	}

	private void run(CountDownLatch stopped) {
		try {
			while (stopped.getCount() > 0) {
				Duration pause = round();
				if (stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
					return;
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * One watch request and what follows from it.
	 * @return how long to pause
	 */
	private Duration round() throws InterruptedException {
		try {
			ConfigWatchAnswer answer = this.state.client()
				.awaitChange(this.state.profiles(), this.seen, this.settings.hold());
			boolean due = this.time.nanoTime() - this.lastFetch > this.settings.refetchInterval().toNanos();
			boolean changed = switch (answer.kind()) {
				case CHANGED -> true;
				case UNCHANGED -> due;
				case NOT_SUPPORTED -> this.offered == null || due;
			};
			reached();
			reportPolling(answer.kind() == ConfigWatchAnswer.Kind.NOT_SUPPORTED);
			if (changed) {
				fetch(answer.revision());
			}
			works();
			if (this.state.status().fault() == null) {
				this.state.confirmed(this.time.epochMillis());
			}
			this.backoff.reset();
			return (answer.kind() == ConfigWatchAnswer.Kind.NOT_SUPPORTED) ? pollPause() : Duration.ZERO;
		}
		catch (IOException | ConfigRefusedException ex) {
			failed(ex instanceof ConfigRefusedException, String.valueOf(ex.getMessage()));
			return this.backoff.next();
		}
		catch (RuntimeException | Error ex) {
			// the watch must outlive a fault of ours, or the service never changes again
			faulty(FAULT_OF_OURS + ex, ex);
			return this.settings.maxBackoff();
		}
	}

	private void faulty(String fault, Throwable cause) {
		if (!fault.equals(this.roundFault)) {
			logger.error("config watch round failed, tried again", cause);
		}
		this.roundFault = fault;
		RemoteConfigStatus status = this.state.status();
		this.state.report(status.withFault(status.connected(), fault));
		this.state.unconfirmed(this.time.epochMillis());
	}

	private void works() {
		String fault = this.roundFault;
		if (fault != null) {
			this.roundFault = null;
			RemoteConfigStatus status = this.state.status();
			if (fault.equals(status.fault())) {
				this.state.report(status.whenConnected());
			}
			logger.info("config watch works again");
		}
	}

	private void reportPolling(boolean now) {
		if (now != this.polling) {
			this.polling = now;
			logger.info("config server {}: addresses={}",
					now ? "has no watch endpoint, it is polled every " + pollPause().toMillis() + "ms" : "is watched",
					this.state.client().addresses());
		}
	}

	private Duration pollPause() {
		return (this.settings.refetchInterval().compareTo(this.settings.hold()) < 0) ? this.settings.refetchInterval()
				: this.settings.hold();
	}

	private void fetch(@Nullable String announced) throws IOException, InterruptedException {
		this.lastFetch = this.time.nanoTime();
		try {
			RemoteConfig fetched = this.state.client().fetch(this.state.profiles());
			served();
			if (!isKnown(fetched)) {
				offer(fetched);
			}
			else if (this.state.status().refusedRevision() == null) {
				this.state.lastKnownGood().confirm(fetched);
			}
			this.seen = fetched.revision();
		}
		catch (ConfigRefusedException ex) {
			// remembered, so that the same broken file is not asked for again and again
			this.seen = announced;
			failed(true, String.valueOf(ex.getMessage()));
		}
	}

	private void offer(RemoteConfig fetched) {
		try {
			if (this.updater.offer(fetched)) {
				this.meters.taken();
				this.state.lastKnownGood().write(fetched);
			}
			else {
				this.meters.refused();
			}
			this.offered = fetched;
			this.offerFailed = false;
		}
		catch (RuntimeException ex) {
			// not remembered as offered: the next fetch, due or after a change, tries
			// again
			this.offerFailed = true;
			if (this.updater.refuse(fetched, ex)) {
				this.meters.refused();
			}
		}
	}

	private boolean isKnown(RemoteConfig fetched) {
		if (this.offerFailed) {
			return false;
		}
		String refused = this.state.status().refusedRevision();
		return fetched.equals(this.offered) || (refused != null && refused.equals(fetched.revision()));
	}

	private void reached() {
		RemoteConfigStatus status = this.state.status();
		if (!status.connected()) {
			this.state.report(status.whenConnected());
			logger.info("config server is back: addresses={}", this.state.client().addresses());
		}
	}

	private void served() {
		RemoteConfigStatus status = this.state.status();
		if (status.fault() != null) {
			this.state.report(status.whenConnected());
			logger.info("config server serves again: addresses={}", this.state.client().addresses());
		}
	}

	private void failed(boolean reached, String reason) {
		RemoteConfigStatus status = this.state.status();
		boolean changed = status.connected() != reached || (reached && !reason.equals(status.fault()));
		this.state.report(status.withFault(reached, reason));
		this.state.unconfirmed(this.time.epochMillis());
		if (changed) {
			logger.warn("config server {}, the last good config stays: addresses={} reason=\"{}\" revision={}",
					reached ? "does not serve" : "away", this.state.client().addresses(), reason, status.revision());
		}
		this.meters.failed(reached);
	}

	/**
	 * The thread and what tells it to end.
	 *
	 * @param thread the thread
	 * @param stopped open until it shall end
	 */
	private record Running(Thread thread, CountDownLatch stopped) {

	}

}
