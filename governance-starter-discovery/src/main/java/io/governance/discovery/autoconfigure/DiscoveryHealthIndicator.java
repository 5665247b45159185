// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import io.governance.discovery.ServiceStatus;
import io.governance.discovery.ServiceViews;
import io.governance.discovery.registration.RegistrationStatus;
import io.governance.discovery.registration.SelfRegistration;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Shows where this process stands in the registry and how old its lists are. Always up: a
 * registry that is away is no reason to take this process out.
 */
final class DiscoveryHealthIndicator extends AbstractHealthIndicator {

	private final ServiceViews views;

	private final @Nullable SelfRegistration registration;

	DiscoveryHealthIndicator(ServiceViews views, @Nullable SelfRegistration registration) {
		this.views = views;
		this.registration = registration;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		builder.up().withDetail("source", this.views.source().description());
		if (this.registration != null) {
			builder.withDetail("registration", registration(this.registration));
		}
		Map<String, Object> services = new LinkedHashMap<>();
		for (ServiceStatus status : this.views.status()) {
			services.put(status.service(), service(status));
		}
		builder.withDetail("services", services);
	}

	private static Map<String, Object> registration(SelfRegistration registration) {
		RegistrationStatus status = registration.status();
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("state", status.state());
		putIfSet(details, "instanceId", status.instanceId());
		putIfSet(details, "error", status.error());
		details.put("registrations", registration.registrations());
		return details;
	}

	private static Map<String, Object> service(ServiceStatus status) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("state", status.state());
		details.put("instances", status.instances());
		details.put("ageSeconds", status.age().toSeconds());
		putIfSet(details, "error", status.error());
		return details;
	}

	private static void putIfSet(Map<String, Object> details, String key, @Nullable Object value) {
		if (value != null) {
			details.put(key, value);
		}
	}

}
