// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul;

import java.net.URI;
import java.util.concurrent.locks.ReentrantLock;

import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * A registry that speaks the part of Consul's HTTP API that service discovery and
 * configuration need. For development, tests and a single machine: one node, no ACLs, no
 * replication.
 * <p>
 * It can be stopped and started again; the port stays what it was, the registrations are
 * gone, the key/values are back if there is a snapshot file. Fits a Spring bean with
 * {@code initMethod = "start"} and {@code destroyMethod = "close"}. Thread-safe.
 */
public final class EmbeddedConsul implements AutoCloseable {

	private final EmbeddedConsulSettings settings;

	private final TimeSource time;

	private final ReentrantLock lifecycle = new ReentrantLock();

	private volatile @Nullable Registry registry;

	private volatile int port;

	/**
	 * A registry that is not started yet.
	 * @param settings how to start it
	 */
	public EmbeddedConsul(EmbeddedConsulSettings settings) {
		this(settings, TimeSource.system());
	}

	/**
	 * A registry with its own clock.
	 * @param settings how to start it
	 * @param time the clock that expires TTL checks and blocking queries
	 */
	public EmbeddedConsul(EmbeddedConsulSettings settings, TimeSource time) {
		this.settings = settings;
		this.time = time;
		this.port = settings.port();
	}

	/**
	 * Starts a registry on a free port of the loopback address.
	 * @return the running registry
	 */
	public static EmbeddedConsul startOnFreePort() {
		EmbeddedConsul consul = new EmbeddedConsul(EmbeddedConsulSettings.onFreePort());
		consul.start();
		return consul;
	}

	/**
	 * Starts it, with no registration; does nothing when it runs.
	 * @throws IllegalStateException when the address cannot be bound
	 * @throws io.governance.embeddedconsul.kv.SnapshotException when the snapshot file
	 * cannot be read
	 */
	public void start() {
		this.lifecycle.lock();
		try {
			if (this.registry == null) {
				Registry started = Registry.start(this.settings, this.port, this.time);
				this.port = started.port();
				this.registry = started;
			}
		}
		finally {
			this.lifecycle.unlock();
		}
	}

	/**
	 * Stops it at once: connections are closed, registrations are forgotten, the snapshot
	 * is written; does nothing when it is stopped.
	 */
	public void stop() {
		this.lifecycle.lock();
		try {
			Registry running = this.registry;
			if (running != null) {
				this.registry = null;
				running.stop();
			}
		}
		finally {
			this.lifecycle.unlock();
		}
	}

	@Override
	public void close() {
		stop();
	}

	/**
	 * Whether it answers.
	 * @return {@code true} between start and stop
	 */
	public boolean isRunning() {
		return this.registry != null;
	}

	/**
	 * The port, which stays the same over a restart.
	 * @return the port in use, or 0 when it was to be a free one and was never started
	 */
	public int port() {
		return this.port;
	}

	/**
	 * The address to give to clients.
	 * @return for example {@code http://127.0.0.1:8500}
	 */
	public URI uri() {
		return URI.create("http://" + this.settings.host() + ":" + this.port);
	}

	/**
	 * How many blocking queries wait now.
	 * @return the number of blocked queries, 0 when it is stopped
	 */
	public int blockedQueries() {
		Registry running = this.registry;
		return (running != null) ? running.blockedQueries() : 0;
	}

}
