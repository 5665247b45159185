// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.lease;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ReadFrom;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.masterreplica.StatefulRedisMasterReplicaConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.tracing.Tracing;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.RedisStaticMasterReplicaConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.connection.lettuce.RedisCredentialsProviderFactory;

/**
 * A client for the Redis of the application: with its address, credentials and threads,
 * but without its tracing, because what is asked for here belongs to no call, and with
 * short waits. For one thread.
 */
public final class LeaseConnections {

	private static final Duration RECONNECT = Duration.ofMillis(250);

	private final Supplier<LettuceConnectionFactory> application;

	private final Supplier<@Nullable RedisStaticMasterReplicaConfiguration> masterReplica;

	private @Nullable LettuceConnectionFactory own;

	private @Nullable ClientResources resources;

	/**
	 * Creates it; the application's factory is asked for when a client is needed.
	 * @param application gives the application's factory, or throws an exception that
	 * says what to do
	 * @param masterReplica gives the configuration of the factory if it has one of this
	 * kind, which the factory does not show
	 */
	public LeaseConnections(Supplier<LettuceConnectionFactory> application,
			Supplier<@Nullable RedisStaticMasterReplicaConfiguration> masterReplica) {
		this.application = application;
		this.masterReplica = masterReplica;
	}

	/**
	 * The connection. Connects if there is none; blocks while it does.
	 */
	RedisClusterAsyncCommands<byte[], byte[]> connect() {
		LettuceConnectionFactory present = this.own;
		if (present == null) {
			present = factory(this.application.get());
			this.own = present;
		}
		return commands(present);
	}

	/**
	 * Closes the connection; the next one is a new one.
	 */
	void disconnect() {
		LettuceConnectionFactory present = this.own;
		if (present != null) {
			present.resetConnection();
		}
	}

	/**
	 * Of the connection that all users of the factory share, so that there is nothing to
	 * give back.
	 */
	private static RedisClusterAsyncCommands<byte[], byte[]> commands(LettuceConnectionFactory factory) {
		return ((LettuceConnection) factory.getConnection()).getNativeConnection();
	}

	private LettuceConnectionFactory factory(LettuceConnectionFactory from) {
		RedisConfiguration configuration = configuration(from);
		ClientResources shared = from.getRequiredNativeClient().getResources();
		ClientResources untraced = shared.mutate()
			.tracing(Tracing.disabled())
			.reconnectDelay(Delay.constant(RECONNECT))
			.build();
		this.resources = untraced;
		LettuceConnectionFactory made = new LettuceConnectionFactory(configuration,
				new Untraced(from.getClientConfiguration(), untraced));
		made.setDatabase(from.getDatabase());
		made.afterPropertiesSet();
		made.start();
		return made;
	}

	private RedisConfiguration configuration(LettuceConnectionFactory from) {
		RedisConfiguration cluster = from.getClusterConfiguration();
		RedisConfiguration sentinel = from.getSentinelConfiguration();
		RedisConfiguration socket = from.getSocketConfiguration();
		if (cluster != null) {
			return cluster;
		}
		if (sentinel != null) {
			return sentinel;
		}
		return (socket != null) ? socket : single(from);
	}

	/**
	 * What a factory shows that has a configuration of another kind looks like that of a
	 * Redis on this machine.
	 */
	private RedisConfiguration single(LettuceConnectionFactory from) {
		RedisStandaloneConfiguration shown = from.getStandaloneConfiguration();
		if (!new RedisStandaloneConfiguration().equals(shown)) {
			return shown;
		}
		RedisConfiguration several = this.masterReplica.get();
		if (several == null && commands(from) instanceof RedisAsyncCommands<?, ?> commands
				&& commands.getStatefulConnection() instanceof StatefulRedisMasterReplicaConnection) {
			throw new IllegalStateException("the connection factory has a static master/replica configuration that it "
					+ "does not show (expected: spring.data.redis.masterreplica.nodes, or the "
					+ "RedisStaticMasterReplicaConfiguration as a bean)");
		}
		return (several != null) ? several : shown;
	}

	void close() {
		LettuceConnectionFactory present = this.own;
		if (present != null) {
			present.destroy();
		}
		ClientResources mine = this.resources;
		if (mine != null) {
			mine.shutdown(0, 1, TimeUnit.SECONDS);
		}
	}

	/**
	 * What the application has set, with other resources.
	 */
	private record Untraced(LettuceClientConfiguration from,
			ClientResources own) implements LettuceClientConfiguration {

		@Override
		public boolean isUseSsl() {
			return this.from.isUseSsl();
		}

		@Override
		@SuppressWarnings("deprecation")
		public boolean isVerifyPeer() {
			return this.from.isVerifyPeer();
		}

		@Override
		public SslVerifyMode getVerifyMode() {
			return this.from.getVerifyMode();
		}

		@Override
		public boolean isStartTls() {
			return this.from.isStartTls();
		}

		@Override
		public Optional<ClientResources> getClientResources() {
			return Optional.of(this.own);
		}

		@Override
		public Optional<ClientOptions> getClientOptions() {
			return this.from.getClientOptions()
				.map((options) -> options.mutate()
					.disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
					.build());
		}

		@Override
		public Optional<String> getClientName() {
			return this.from.getClientName();
		}

		@Override
		public Optional<ReadFrom> getReadFrom() {
			return Optional.empty();
		}

		@Override
		public Optional<RedisCredentialsProviderFactory> getRedisCredentialsProviderFactory() {
			return this.from.getRedisCredentialsProviderFactory();
		}

		@Override
		public Duration getCommandTimeout() {
			return this.from.getCommandTimeout();
		}

		@Override
		public Duration getShutdownTimeout() {
			return Duration.ZERO;
		}

		@Override
		public Duration getShutdownQuietPeriod() {
			return Duration.ZERO;
		}

	}

}
