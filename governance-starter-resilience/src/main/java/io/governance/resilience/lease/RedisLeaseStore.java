// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.lease;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

import io.governance.lease.LeaseBeat;
import io.governance.lease.LeaseGrant;
import io.governance.lease.LeaseRequest;
import io.governance.lease.LeaseStore;
import io.lettuce.core.RedisException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;

/**
 * Redis as the store: each bucket is one key, each exchange one call of a script. Has a
 * connection of its own. {@link #beat} and {@link #close} are for one thread.
 */
public final class RedisLeaseStore implements LeaseStore, DisposableBean {

	/** How long an instance counts after its last beat. */
	private static final long ALIVE_FOR_MILLIS = 3_000;

	/** How long it is remembered without a beat when the first one was. */
	private static final long REMEMBERED_MILLIS = 172_800_000;

	/** A connection may look open long after the other side is gone. */
	private static final int MOST_UNANSWERED = 10;

	/** How much longer a bucket is kept than it takes to be full again. */
	private static final long KEPT_MILLIS = 2 * LeaseRequest.LENT_NANOS / 1_000_000;

	private static final Script LEND = new Script("lend.lua", ScriptOutputType.MULTI);

	private static final Script BEAT = new Script("beat.lua", ScriptOutputType.MULTI);

	private final LeaseConnections connections;

	private final String prefix;

	private final String service;

	private final String instance;

	private final AtomicInteger unanswered = new AtomicInteger();

	private volatile @Nullable RedisClusterAsyncCommands<byte[], byte[]> connection;

	/**
	 * Creates the store; nothing is connected before the first beat.
	 * @param connections makes connections
	 * @param prefix what the names of all keys begin with
	 * @param service this process's own service, whose instances share limits
	 * @param instance tells this process from the others
	 */
	public RedisLeaseStore(LeaseConnections connections, String prefix, String service, String instance) {
		this.connections = connections;
		this.prefix = prefix;
		this.service = service;
		this.instance = instance;
	}

	@Override
	public CompletionStage<LeaseBeat> beat() {
		RedisClusterAsyncCommands<byte[], byte[]> present = this.connection;
		if (present == null) {
			present = this.connections.connect();
			this.connection = present;
		}
		else if (!present.isOpen() || this.unanswered.incrementAndGet() > MOST_UNANSWERED) {
			close();
			this.unanswered.set(0);
			// the next beat connects, which may block: until then Redis must not pass for
			// one that answers
			return CompletableFuture.failedFuture(new RedisException("connection lost"));
		}
		CompletionStage<List<Long>> answer = BEAT.run(present, this.prefix + this.service + ":instances", this.instance,
				String.valueOf(ALIVE_FOR_MILLIS), String.valueOf(REMEMBERED_MILLIS));
		return answer.thenApply((numbers) -> {
			this.unanswered.set(0);
			return new LeaseBeat(numbers.get(0).intValue(), numbers.get(1));
		});
	}

	@Override
	public CompletionStage<LeaseGrant> lend(LeaseRequest request, boolean full) {
		RedisClusterAsyncCommands<byte[], byte[]> present = this.connection;
		if (present == null || !present.isOpen()) {
			throw new RedisException("not connected");
		}
		CompletionStage<List<Long>> answer = LEND.run(present, this.prefix + this.service + ":" + request.bucket(),
				arguments(request, full));
		return answer.thenApply((numbers) -> new LeaseGrant(numbers.get(0), 1_000 * numbers.get(1), numbers.get(2)));
	}

	private String[] arguments(LeaseRequest request, boolean full) {
		return new String[] { this.instance, String.valueOf(request.limit()), String.valueOf(request.periodMicros()),
				String.valueOf(request.burst()), String.valueOf(request.reserve()), String.valueOf(request.instances()),
				String.valueOf(request.held()), String.valueOf(request.wanted()), String.valueOf(request.owed()),
				request.rejoining() ? "1" : "0", full ? "1" : "0", String.valueOf(LeaseRequest.LENT_NANOS / 1_000),
				String.valueOf(request.fillMicros() / 1_000 + KEPT_MILLIS) };
	}

	@Override
	public void close() {
		this.connection = null;
		this.connections.disconnect();
	}

	@Override
	public void destroy() {
		close();
		this.connections.close();
	}

}
