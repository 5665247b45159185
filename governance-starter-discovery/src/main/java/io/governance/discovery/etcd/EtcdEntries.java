// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.etcd;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.etcd.jetcd.KeyValue;
import io.governance.discovery.Instance;
import io.governance.discovery.Listing;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one service. An entry that cannot be read counts as an instance that
 * may not be called, and is named once; one of another environment is not there. One that
 * said that it leaves is withdrawn, its key's end included. For one thread.
 */
final class EtcdEntries {

	private static final Log logger = LogFactory.getLog(EtcdEntries.class);

	private final String service;

	private final EtcdKeys keys;

	private final @Nullable String environment;

	private final Map<String, Entry> entries = new TreeMap<>();

	/** Since the last listing: its last word and its end mostly come together. */
	private final Set<String> left = new HashSet<>();

	private boolean hadInstances;

	EtcdEntries(String service, EtcdKeys keys, @Nullable String environment) {
		this.service = service;
		this.keys = keys;
		this.environment = environment;
	}

	void replace(List<KeyValue> all) {
		Map<String, Entry> before = new TreeMap<>(this.entries);
		this.entries.clear();
		for (KeyValue entry : all) {
			String key = entry.getKey().toString(StandardCharsets.UTF_8);
			Entry known = before.get(key);
			if (known != null && known.revision == entry.getModRevision()) {
				this.entries.put(key, known);
			}
			else {
				put(entry);
			}
		}
	}

	void put(KeyValue entry) {
		String key = entry.getKey().toString(StandardCharsets.UTF_8);
		try {
			Instance instance = this.keys.read(this.service, entry.getKey(), entry.getValue());
			if (this.keys.isLeaving(entry.getValue())) {
				this.left.add(instance.id());
				this.entries.remove(key);
			}
			else if (this.environment == null || this.environment.equals(instance.metadata().get("environment"))) {
				this.left.remove(instance.id());
				this.entries.put(key, new Entry(entry.getModRevision(), instance.id(), List.of(instance)));
			}
			else {
				this.entries.remove(key);
			}
		}
		catch (RuntimeException ex) {
			logger.warn("service=" + this.service + " key=" + key
					+ " effect=\"this instance is not called\" error=\"unreadable: " + ex.getMessage() + "\"");
			this.entries.put(key, new Entry(entry.getModRevision(), id(entry, key), List.of()));
		}
	}

	private String id(KeyValue entry, String key) {
		try {
			return this.keys.id(this.service, entry.getKey());
		}
		catch (IllegalArgumentException ex) {
			return key;
		}
	}

	void remove(String key) {
		this.entries.remove(key);
	}

	/**
	 * What may be called now. When the last instance goes, that may be because none of
	 * them reaches etcd any more: the list is marked, so that they are kept for a while.
	 */
	Listing listing(boolean reset) {
		List<Instance> healthy = this.entries.values().stream().flatMap((entry) -> entry.instance.stream()).toList();
		boolean emptied = healthy.isEmpty() && this.hadInstances;
		this.hadInstances = !healthy.isEmpty();
		Set<String> known = this.entries.values().stream().map(Entry::id).collect(Collectors.toSet());
		Listing listing = new Listing(healthy, known, reset || emptied, this.left);
		this.left.clear();
		return listing;
	}

	/** At most one instance: none where it cannot be read. */
	private record Entry(long revision, String id, List<Instance> instance) {

	}

}
