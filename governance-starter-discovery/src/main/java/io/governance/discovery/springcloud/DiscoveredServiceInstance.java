// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.springcloud;

import java.net.URI;
import java.util.Map;

import io.governance.discovery.Instance;

import org.springframework.cloud.client.ServiceInstance;

/**
 * An instance in Spring Cloud's words.
 *
 * @param instance the instance
 */
record DiscoveredServiceInstance(Instance instance) implements ServiceInstance {

	@Override
	public String getInstanceId() {
		return this.instance.id();
	}

	@Override
	public String getServiceId() {
		return this.instance.service();
	}

	@Override
	public String getHost() {
		return this.instance.host();
	}

	@Override
	public int getPort() {
		return this.instance.port();
	}

	@Override
	public boolean isSecure() {
		return this.instance.secure();
	}

	@Override
	public String getScheme() {
		return this.instance.secure() ? "https" : "http";
	}

	@Override
	public URI getUri() {
		return URI.create(getScheme() + "://" + this.instance.address());
	}

	@Override
	public Map<String, String> getMetadata() {
		return this.instance.metadata();
	}

}
