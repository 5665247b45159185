// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

import io.governance.embeddedconsul.catalog.Catalog;
import io.governance.embeddedconsul.catalog.Node;
import io.governance.embeddedconsul.http.RegistryServer;
import io.governance.embeddedconsul.kv.KeyValueState;
import io.governance.embeddedconsul.kv.KeyValues;
import io.governance.embeddedconsul.kv.SnapshotException;
import io.governance.embeddedconsul.kv.SnapshotFile;
import io.governance.embeddedconsul.probe.Prober;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of an embedded registry, from start to stop.
 */
final class Registry {

	private static final Logger logger = LoggerFactory.getLogger(Registry.class);

	private final Catalog catalog;

	private final KeyValues keyValues;

	private final @Nullable SnapshotFile snapshot;

	private final Prober prober;

	private final Ticker ticker;

	private final RegistryServer server;

	private boolean snapshotFailing;

	private Registry(EmbeddedConsulSettings settings, int port, TimeSource time) {
		this.snapshot = (settings.snapshot() != null) ? new SnapshotFile(settings.snapshot()) : null;
		KeyValueState initial = (this.snapshot != null) ? this.snapshot.load() : KeyValueState.EMPTY;
		AtomicLong index = new AtomicLong(Math.max(Node.INDEX, initial.index()));
		this.catalog = new Catalog(node(settings), time, index::incrementAndGet);
		this.keyValues = new KeyValues(initial, time, index::incrementAndGet);
		this.server = RegistryServer.start(settings.host(), port, this.catalog, this.keyValues);
		this.prober = new Prober(this.catalog, time);
		this.ticker = Ticker.start(this::tick);
	}

	static Registry start(EmbeddedConsulSettings settings, int port, TimeSource time) {
		return new Registry(settings, port, time);
	}

	int port() {
		return this.server.port();
	}

	int blockedQueries() {
		return this.catalog.store().waiting() + this.keyValues.store().waiting();
	}

	void stop() {
		this.server.stop();
		this.ticker.stop();
		this.prober.stop();
		saveSnapshot();
	}

	private void tick() {
		this.catalog.tick();
		this.prober.tick();
		this.keyValues.store().expire();
		saveSnapshot();
	}

	private void saveSnapshot() {
		if (this.snapshot == null) {
			return;
		}
		try {
			this.snapshot.save(this.keyValues.store().state());
			this.snapshotFailing = false;
		}
		catch (SnapshotException ex) {
			if (!this.snapshotFailing) {
				logger.error("snapshot not written, trying on", ex);
			}
			this.snapshotFailing = true;
		}
	}

	private static Node node(EmbeddedConsulSettings settings) {
		String address = settings.host().equals("0.0.0.0") ? EmbeddedConsulSettings.LOOPBACK : settings.host();
		return new Node(UUID.randomUUID().toString(), settings.node(), address, 8300, 8301);
	}

}
