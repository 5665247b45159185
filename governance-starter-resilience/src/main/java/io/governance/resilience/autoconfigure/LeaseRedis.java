// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.autoconfigure;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.Node;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisPassword;
import org.springframework.data.redis.connection.RedisStaticMasterReplicaConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Which Redis of the application is meant. Asked when it is needed, because of a bean
 * only its instance says whether it is Lettuce's.
 */
final class LeaseRedis {

	private static final String PROPERTY = "governance.resilience.cluster-limits.connection-factory";

	private final BeanFactory beans;

	private final @Nullable String named;

	LeaseRedis(BeanFactory beans, @Nullable String named) {
		this.beans = beans;
		this.named = named;
		if (named != null && !(beans.containsBean(named) && beans.isTypeMatch(named, RedisConnectionFactory.class))) {
			throw new InvalidConfigurationPropertyValueException(PROPERTY, named,
					"Expected: the name of a bean that is a RedisConnectionFactory.");
		}
	}

	LettuceConnectionFactory factory() {
		RedisConnectionFactory found = (this.named != null)
				? this.beans.getBean(this.named, RedisConnectionFactory.class)
				: this.beans.getBeanProvider(RedisConnectionFactory.class).getIfUnique();
		if (found == null) {
			throw new IllegalStateException("there is no RedisConnectionFactory, or there are several and none is "
					+ "primary (expected: one, a primary one, or the name of one in " + PROPERTY + ")");
		}
		if (found instanceof LettuceConnectionFactory lettuce) {
			return lettuce;
		}
		throw new IllegalStateException("the connection factory is a " + found.getClass().getName()
				+ " (expected: a LettuceConnectionFactory; the name of one may be in " + PROPERTY + ")");
	}

	@Nullable RedisStaticMasterReplicaConfiguration masterReplica() {
		RedisStaticMasterReplicaConfiguration bean = this.beans
			.getBeanProvider(RedisStaticMasterReplicaConfiguration.class)
			.getIfUnique();
		DataRedisConnectionDetails details = this.beans.getBeanProvider(DataRedisConnectionDetails.class).getIfUnique();
		return (bean != null || details == null) ? bean : masterReplica(details);
	}

	private static @Nullable RedisStaticMasterReplicaConfiguration masterReplica(DataRedisConnectionDetails details) {
		List<Node> nodes = (details.getMasterReplica() != null) ? details.getMasterReplica().getNodes() : List.of();
		if (nodes.isEmpty()) {
			return null;
		}
		RedisStaticMasterReplicaConfiguration made = new RedisStaticMasterReplicaConfiguration(nodes.get(0).host(),
				nodes.get(0).port());
		nodes.stream().skip(1).forEach((node) -> made.addNode(node.host(), node.port()));
		made.setUsername(details.getUsername());
		made.setPassword(RedisPassword.of(details.getPassword()));
		return made;
	}

}
