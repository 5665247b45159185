// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.etcd;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.common.exception.CompactedException;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.watch.WatchEvent;
import io.etcd.jetcd.watch.WatchResponse;
import io.governance.discovery.InstanceSource;
import org.jspecify.annotations.Nullable;

/**
 * Follows one service: a list, and a watch of all changes after its revision. Whatever
 * ends the watch begins a new list, at once where only history was lost (compaction),
 * else after 250 ms, doubled up to five seconds while etcd does not answer. A list is
 * made each minute in any case. All fields but {@code closed} belong to the scheduler's
 * one thread; what arrives for an earlier generation is dropped.
 */
final class EtcdWatch implements InstanceSource.Following {

	static final long FIRST_BACKOFF_MILLIS = 250;

	static final long LONGEST_BACKOFF_MILLIS = 5000;

	static final long RELIST_MILLIS = 60_000;

	private final EtcdConnection etcd;

	private final InstanceSource.Listener listener;

	private final ScheduledExecutorService scheduler;

	private final ByteSequence prefix;

	private final EtcdEntries entries;

	private volatile boolean closed;

	private int generation;

	private long revision;

	private long backoff = FIRST_BACKOFF_MILLIS;

	private Watch.@Nullable Watcher watcher;

	EtcdWatch(String service, EtcdConnection etcd, InstanceSource.Listener listener,
			ScheduledExecutorService scheduler) {
		this.etcd = etcd;
		this.listener = listener;
		this.scheduler = scheduler;
		this.prefix = etcd.keys().service(service);
		this.entries = new EtcdEntries(service, etcd.keys(), etcd.settings().environment());
	}

	void start() {
		later(0, this::list);
	}

	@Override
	public void close() {
		this.closed = true;
		later(0, this::endWatch);
	}

	private void list() {
		if (this.closed) {
			return;
		}
		int present = ++this.generation;
		endWatch();
		try {
			this.etcd.list(this.prefix).whenComplete((answer, error) -> of(present, () -> listed(answer, error)));
		}
		catch (RuntimeException ex) {
			lost(ex);
		}
	}

	private void listed(@Nullable GetResponse answer, @Nullable Throwable error) {
		if (answer == null) {
			lost((error != null) ? error : new IllegalStateException("no answer"));
			return;
		}
		long before = this.revision;
		this.revision = answer.getHeader().getRevision();
		this.backoff = FIRST_BACKOFF_MILLIS;
		this.entries.replace(answer.getKvs());
		watch();
		// an etcd that was set up anew counts from the beginning
		this.listener.listed(this.entries.listing(this.revision < before));
	}

	private void watch() {
		int present = this.generation;
		later(RELIST_MILLIS - ThreadLocalRandom.current().nextLong(RELIST_MILLIS / 4), () -> {
			if (present == this.generation) {
				list();
			}
		});
		try {
			this.watcher = this.etcd.watch(this.prefix, this.revision + 1, new Changes(present));
		}
		catch (RuntimeException ex) {
			lost(ex);
		}
	}

	private void changed(WatchResponse response) {
		for (WatchEvent event : response.getEvents()) {
			this.revision = Math.max(this.revision, event.getKeyValue().getModRevision());
			if (event.getEventType() == WatchEvent.EventType.PUT) {
				this.entries.put(event.getKeyValue());
			}
			else if (event.getEventType() == WatchEvent.EventType.DELETE) {
				this.entries.remove(event.getKeyValue().getKey().toString(StandardCharsets.UTF_8));
			}
		}
		this.listener.listed(this.entries.listing(false));
	}

	private void lost(Throwable error) {
		if (this.closed) {
			return;
		}
		this.generation++;
		endWatch();
		if (error instanceof CompactedException) {
			list();
			return;
		}
		EtcdFailure failure = EtcdFailure.of("watch at " + this.etcd.settings(), error);
		this.etcd.failed(failure);
		long rest = this.backoff - ThreadLocalRandom.current().nextLong(this.backoff / 4);
		this.backoff = Math.min(LONGEST_BACKOFF_MILLIS, this.backoff * 2);
		later(rest, this::list);
		this.listener.failed(failure);
	}

	private void endWatch() {
		Watch.Watcher present = this.watcher;
		this.watcher = null;
		if (present != null) {
			present.close();
		}
	}

	private void of(int earlier, Runnable step) {
		later(0, () -> {
			if (earlier == this.generation && !this.closed) {
				step.run();
			}
		});
	}

	private void later(long millis, Runnable step) {
		try {
			this.scheduler.schedule(step, millis, TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			this.closed = true;
		}
	}

	/** Comes on threads of the client. */
	private final class Changes implements Watch.Listener {

		private final int generation;

		Changes(int generation) {
			this.generation = generation;
		}

		@Override
		public void onNext(WatchResponse response) {
			of(this.generation, () -> changed(response));
		}

		@Override
		public void onError(Throwable error) {
			of(this.generation, () -> lost(error));
		}

		@Override
		public void onCompleted() {
			of(this.generation, () -> lost(new IllegalStateException("the watch was ended")));
		}

	}

}
