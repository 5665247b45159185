// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.etcd;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.net.ssl.SSLException;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.ClientBuilder;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.WatchOption;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundle;

/**
 * This process's connection to etcd, opened at its first use. It says once that etcd is
 * away or refuses, and once that it is back. A server that hangs is noticed by pings,
 * within twenty seconds. Thread-safe.
 */
public final class EtcdConnection implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(EtcdConnection.class);

	/** etcd counts more frequent pings than one in five seconds as an attack. */
	private static final Duration PING_EVERY = Duration.ofSeconds(10);

	private static final Duration PING_WITHIN = Duration.ofSeconds(5);

	private final EtcdSettings settings;

	private final EtcdKeys keys;

	private final AtomicBoolean away = new AtomicBoolean();

	private final AtomicBoolean refused = new AtomicBoolean();

	private @Nullable Client client;

	private boolean closed;

	/**
	 * Creates the connection; nothing is opened yet.
	 * @param settings how etcd is reached
	 */
	public EtcdConnection(EtcdSettings settings) {
		this.settings = settings;
		this.keys = new EtcdKeys(settings.prefix());
	}

	/**
	 * Whether the last question was not answered.
	 * @return whether etcd is away
	 */
	public boolean isAway() {
		return this.away.get();
	}

	/**
	 * The names of all services that have an instance.
	 * @return the names, sorted; fails when etcd does not answer
	 */
	public CompletableFuture<List<String>> services() {
		GetOption keys = GetOption.builder().isPrefix(true).withKeysOnly(true).build();
		return answer("list", client().getKVClient().get(this.keys.all(), keys)).thenApply((found) -> found.getKvs()
			.stream()
			.map((entry) -> this.keys.serviceOf(entry.getKey()))
			.distinct()
			.sorted()
			.toList());
	}

	EtcdSettings settings() {
		return this.settings;
	}

	EtcdKeys keys() {
		return this.keys;
	}

	CompletableFuture<GetResponse> list(ByteSequence prefix) {
		return answer("list", client().getKVClient().get(prefix, GetOption.builder().isPrefix(true).build()));
	}

	Watch.Watcher watch(ByteSequence prefix, long revision, Watch.Listener listener) {
		return client().getWatchClient()
			.watch(prefix, WatchOption.builder().isPrefix(true).withRevision(revision).withRequireLeader(true).build(),
					listener);
	}

	/**
	 * The answer in time, as a success or as an {@link EtcdFailure}; counted for
	 * reachability.
	 */
	<T> CompletableFuture<T> answer(String request, CompletableFuture<T> answer) {
		return answer.orTimeout(this.settings.timeout().toNanos(), TimeUnit.NANOSECONDS).handle((value, error) -> {
			if (error == null) {
				answered();
				return value;
			}
			EtcdFailure failure = EtcdFailure.of(request + " at " + this.settings, error);
			failed(failure);
			throw failure;
		});
	}

	/**
	 * The client.
	 * @throws EtcdFailure when this is closed
	 */
	synchronized Client client() {
		if (this.closed) {
			throw EtcdFailure.of("client", new IllegalStateException("closed"));
		}
		Client present = this.client;
		if (present == null) {
			present = builder().build();
			this.client = present;
		}
		return present;
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		if (this.client != null) {
			this.client.close();
		}
	}

	void failed(EtcdFailure failure) {
		if (failure.noAnswer() && this.away.compareAndSet(false, true)) {
			logger.warn("etcd=unreachable address=" + this.settings + " effect=\"instance lists are kept, tried again "
					+ "until it answers\" error=\"" + failure.getMessage() + "\"");
		}
		if (!failure.noAnswer() && this.refused.compareAndSet(false, true)) {
			logger
				.warn("etcd=refused address=" + this.settings + " effect=\"instance lists are kept, tried again until "
						+ "it is accepted\" error=\"" + failure.getMessage() + "\"");
		}
	}

	private void answered() {
		if (this.refused.get() && this.refused.compareAndSet(true, false)) {
			logger.info("etcd=accepted address=" + this.settings);
		}
		if (this.away.get() && this.away.compareAndSet(true, false)) {
			logger.info("etcd=reachable address=" + this.settings);
		}
	}

	private ClientBuilder builder() {
		// what is tried again, and when, is decided here and not there
		ClientBuilder builder = Client.builder()
			.endpoints(this.settings.endpoints().toArray(URI[]::new))
			.waitForReady(false)
			.retryMaxAttempts(1)
			.connectTimeout(this.settings.timeout())
			.keepaliveTime(PING_EVERY)
			.keepaliveTimeout(PING_WITHIN);
		if (this.settings.user() != null && this.settings.password() != null) {
			builder.user(ByteSequence.from(this.settings.user(), StandardCharsets.UTF_8))
				.password(ByteSequence.from(this.settings.password(), StandardCharsets.UTF_8));
		}
		SslBundle tls = this.settings.tls();
		return (tls != null) ? secure(builder, tls) : builder;
	}

	private static ClientBuilder secure(ClientBuilder builder, SslBundle tls) {
		try {
			return builder.sslContext((context) -> {
				context.trustManager(tls.getManagers().getTrustManagerFactory());
				if (tls.getStores().getKeyStore() != null) {
					context.keyManager(tls.getManagers().getKeyManagerFactory());
				}
			});
		}
		catch (SSLException ex) {
			throw EtcdFailure.of("client", ex);
		}
	}

}
