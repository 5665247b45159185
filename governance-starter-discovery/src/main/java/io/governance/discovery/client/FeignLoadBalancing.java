// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.client;

import feign.Capability;
import feign.Client;
import io.governance.client.CallOrigin;
import io.governance.client.FeignTargets;
import io.governance.discovery.InstanceSelector;
import io.governance.discovery.mirror.Mirror;

import org.springframework.core.Ordered;

/**
 * The attempt stage of blocking Feign clients that call a service by its name, on top of
 * whatever sends their requests. Thread-safe.
 */
public final class FeignLoadBalancing implements Capability, Ordered {

	/** Feign puts capabilities of a higher order around those of a lower one. */
	public static final int ORDER = Ordered.LOWEST_PRECEDENCE - 2000;

	private static final String SPRING_CLOUD = "org.springframework.cloud.openfeign.loadbalancer.";

	private final InstanceSelector selector;

	private final CallOrigin origin;

	private final FeignTargets targets;

	private final Mirror mirror;

	/**
	 * Creates the stage.
	 * @param selector chooses the instance of each attempt
	 * @param origin whom calls come from
	 * @param targets tells which requests go to a service by its name
	 * @param mirror sends copies of calls
	 */
	public FeignLoadBalancing(InstanceSelector selector, CallOrigin origin, FeignTargets targets, Mirror mirror) {
		this.selector = selector;
		this.origin = origin;
		this.targets = targets;
		this.mirror = mirror;
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

	@Override
	public Client enrich(Client client) {
		boolean chooses = client instanceof LoadBalancingFeignClient
				|| client.getClass().getName().startsWith(SPRING_CLOUD);
		return chooses ? client : new LoadBalancingFeignClient(client, this);
	}

	InstanceSelector selector() {
		return this.selector;
	}

	CallOrigin origin() {
		return this.origin;
	}

	FeignTargets targets() {
		return this.targets;
	}

	Mirror mirror() {
		return this.mirror;
	}

}
