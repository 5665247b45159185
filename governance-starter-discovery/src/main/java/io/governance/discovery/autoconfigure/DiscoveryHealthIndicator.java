// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.governance.discovery.ServiceStatus;
import io.governance.discovery.ServiceViews;
import io.governance.discovery.lifecycle.InstanceLifecycle;
import io.governance.discovery.lifecycle.InstanceStatus;
import io.governance.discovery.registration.RegistrationState;
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

	private final List<SelfRegistration> registrations;

	private final @Nullable InstanceLifecycle lifecycle;

	DiscoveryHealthIndicator(ServiceViews views, List<SelfRegistration> registrations,
			@Nullable InstanceLifecycle lifecycle) {
		this.views = views;
		this.registrations = List.copyOf(registrations);
		this.lifecycle = lifecycle;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		builder.up().withDetail("source", this.views.source().description());
		if (this.lifecycle != null) {
			builder.withDetail("instance", instance(this.lifecycle.status()));
		}
		if (!this.registrations.isEmpty()) {
			builder.withDetail("registration", registration(this.registrations.get(0)));
		}
		if (this.registrations.size() > 1) {
			Map<String, Object> others = new LinkedHashMap<>();
			this.registrations.stream().skip(1).forEach((other) -> others.put(other.registry(), registration(other)));
			builder.withDetail("otherRegistrations", others);
		}
		Map<String, Object> services = new LinkedHashMap<>();
		for (ServiceStatus status : this.views.status()) {
			services.put(status.service(), service(status));
		}
		builder.withDetail("services", services);
	}

	private static Map<String, Object> instance(InstanceStatus status) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("state", status.state());
		details.put("since", Instant.ofEpochMilli(status.sinceMillis()).toString());
		putIfSet(details, "reason", reason(status));
		return details;
	}

	private static @Nullable String reason(InstanceStatus status) {
		String said = (status.reason() != null) ? " (" + status.reason() + ")" : "";
		return switch (status.state()) {
			case NOT_READY -> "the readiness of the application refuses traffic";
			case LEAVING -> "not to be called any more: serves until callers have seen it" + said;
			case OUT_OF_SERVICE -> "taken out by an operator" + said;
			case REFUSING -> "about to stop: new calls are not run";
			case STOPPING -> "stops: calls that are running may end";
			case IN_SERVICE -> null;
		};
	}

	private static Map<String, Object> registration(SelfRegistration registration) {
		RegistrationStatus status = registration.status();
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("registry", registration.registry());
		details.put("state", status.state());
		details.put("since", Instant.ofEpochMilli(status.sinceMillis()).toString());
		putIfSet(details, "reason", reason(status.state()));
		putIfSet(details, "instanceId", status.instanceId());
		putIfSet(details, "error", status.error());
		details.put("registrations", registration.registrations());
		return details;
	}

	private static Map<String, Object> service(ServiceStatus status) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("state", status.state());
		details.put("since", Instant.ofEpochMilli(status.sinceMillis()).toString());
		putIfSet(details, "reason", reason(status));
		details.put("instances", status.instances());
		putSelection(details, status.selection());
		details.put("ageSeconds", status.age().toSeconds());
		putIfSet(details, "error", status.error());
		return details;
	}

	/**
	 * Only what is out of the ordinary.
	 */
	private static void putSelection(Map<String, Object> details, ServiceStatus.Selection selection) {
		if (selection.avoided() > 0) {
			details.put("avoided", selection.avoided());
		}
		if (!selection.ejected().isEmpty()) {
			details.put("ejected", selection.ejected());
		}
		if (selection.panic()) {
			details.put("panic", "too many instances are ejected, or the others are as bad: all are called");
		}
		if (!selection.empty().isEmpty()) {
			details.put("emptyDestinations", selection.empty());
		}
	}

	private static @Nullable String reason(RegistrationState state) {
		return switch (state) {
			case AWAY -> "the registry does not answer: tried again, others find this instance until its time to live "
					+ "is over";
			case REFUSED -> "the registry refuses the registration: tried again until it is accepted";
			case UNHEALTHY -> "registered, but a check fails: others do not call it";
			case MAINTENANCE -> "registered, and taken out of service by the registry's maintenance mode";
			case PENDING -> "the first try has not ended yet";
			case NOT_WANTED -> "this instance does not accept traffic";
			case LEFT -> "this process is on its way to its end";
			case REGISTERED -> null;
		};
	}

	private static @Nullable String reason(ServiceStatus status) {
		return switch (status.state()) {
			case STALE -> "the registry does not confirm the list: the last one stays in use";
			case RECOVERING -> "the registry came back without its memory: what it knew before stays for a while";
			case ALL_UNHEALTHY -> "every instance is unhealthy: the last healthy ones are called on";
			case UNKNOWN -> (status.error() != null) ? "the registry has not answered yet" : "not asked yet";
			case LIVE -> null;
		};
	}

	private static void putIfSet(Map<String, Object> details, String key, @Nullable Object value) {
		if (value != null) {
			details.put(key, value);
		}
	}

}
