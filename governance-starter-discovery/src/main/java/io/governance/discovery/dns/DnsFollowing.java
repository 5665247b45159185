// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.dns;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.governance.discovery.InstanceSource;
import io.governance.discovery.Listing;
import org.jspecify.annotations.Nullable;

/**
 * One service that is followed: a question, and when its answer is too old, the next one.
 * Steps never overlap.
 */
final class DnsFollowing implements InstanceSource.Following {

	private final Supplier<CompletableFuture<DnsAnswer>> question;

	private final InstanceSource.Listener listener;

	private final DnsPace pace;

	private final ScheduledExecutorService scheduler;

	private volatile boolean closed;

	private int failures;

	DnsFollowing(Supplier<CompletableFuture<DnsAnswer>> question, InstanceSource.Listener listener, DnsPace pace,
			ScheduledExecutorService scheduler) {
		this.question = question;
		this.listener = listener;
		this.pace = pace;
		this.scheduler = scheduler;
	}

	void start() {
		askIn(0);
	}

	@Override
	public void close() {
		this.closed = true;
	}

	private void askIn(long millis) {
		try {
			this.scheduler.schedule(this::ask, millis, TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			this.closed = true;
		}
	}

	private void ask() {
		if (!this.closed) {
			answer().whenComplete(this::finished);
		}
	}

	private CompletableFuture<DnsAnswer> answer() {
		try {
			return this.question.get();
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private void finished(@Nullable DnsAnswer answer, @Nullable Throwable error) {
		if (this.closed) {
			return;
		}
		try {
			if (answer != null) {
				this.failures = 0;
				this.listener.listed(Listing.of(answer.instances()));
			}
			else {
				this.failures++;
				this.listener.failed(cause(error));
			}
		}
		finally {
			askIn((answer != null) ? this.pace.afterAnswer(answer.ttlSeconds())
					: this.pace.afterFailures(this.failures));
		}
	}

	private static Throwable cause(@Nullable Throwable error) {
		Throwable present = (error != null) ? error : new DnsException("no answer");
		Throwable cause = present.getCause();
		return (present instanceof CompletionException && cause != null) ? cause : present;
	}

}
