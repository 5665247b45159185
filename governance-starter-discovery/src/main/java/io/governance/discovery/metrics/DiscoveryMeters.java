// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.metrics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

import io.governance.discovery.ServiceStatus;
import io.governance.discovery.ServiceView;
import io.governance.discovery.ServiceViews;
import io.governance.discovery.registration.RegistrationState;
import io.governance.discovery.registration.SelfRegistration;
import io.governance.metrics.GovernanceMeter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Meters of the registration and of the lists of followed services. The meters of a
 * service go when it is forgotten.
 */
public final class DiscoveryMeters implements MeterBinder {

	private final ServiceViews views;

	private final List<SelfRegistration> registrations;

	/**
	 * Creates the binder.
	 * @param views the followed services
	 * @param registrations this process's registrations, one for each registry
	 */
	public DiscoveryMeters(ServiceViews views, List<SelfRegistration> registrations) {
		this.views = views;
		this.registrations = List.copyOf(registrations);
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Lists lists = new Lists(registry);
		this.views.onChange(lists::update);
		lists.update();
		RouteMeters routes = new RouteMeters(this.views, registry);
		this.views.onChange(routes::update);
		routes.update();
		this.registrations.forEach((own) -> bindRegistration(own, registry));
	}

	private static void bindRegistration(SelfRegistration own, MeterRegistry registry) {
		String where = own.registry();
		GovernanceMeter.DISCOVERY_REGISTERED.gauge(own, (self) -> self.status().isRegistered() ? 1 : 0, where)
			.register(registry);
		GovernanceMeter.DISCOVERY_REGISTRATION_LOST.gauge(own, (self) -> self.status().isLost() ? 1 : 0, where)
			.register(registry);
		for (RegistrationState state : RegistrationState.values()) {
			GovernanceMeter.DISCOVERY_REGISTRATION_STATE
				.gauge(own, (self) -> (self.status().state() == state) ? 1 : 0, where, name(state))
				.register(registry);
		}
		GovernanceMeter.DISCOVERY_REGISTRATIONS.counter(own, SelfRegistration::registrations, where).register(registry);
	}

	private static String name(Enum<?> state) {
		return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * The meters of followed services in one registry.
	 */
	private final class Lists {

		private final MeterRegistry registry;

		private final Map<String, List<Meter>> meters = new HashMap<>();

		Lists(MeterRegistry registry) {
			this.registry = registry;
		}

		synchronized void update() {
			Set<String> followed = DiscoveryMeters.this.views.status()
				.stream()
				.map(ServiceStatus::service)
				.collect(Collectors.toSet());
			Set<String> gone = new HashSet<>(this.meters.keySet());
			gone.removeAll(followed);
			gone.forEach(this::remove);
			followed.forEach((service) -> this.meters.computeIfAbsent(service, this::publish));
		}

		private void remove(String service) {
			List<Meter> published = this.meters.remove(service);
			if (published != null) {
				published.forEach(this.registry::remove);
			}
		}

		private List<Meter> publish(String service) {
			List<Meter> published = new ArrayList<>();
			published
				.add(gauge(GovernanceMeter.DISCOVERY_LIST_AGE, (status) -> status.age().toMillis() / 1000.0, service));
			published
				.add(gauge(GovernanceMeter.DISCOVERY_LIST_AVOIDED, (status) -> status.selection().avoided(), service));
			published.add(gauge(GovernanceMeter.DISCOVERY_LIST_EJECTED, (status) -> status.selection().ejected().size(),
					service));
			published.add(gauge(GovernanceMeter.DISCOVERY_LIST_EMPTY, (status) -> status.selection().empty().size(),
					service));
			published.add(gauge(GovernanceMeter.DISCOVERY_LIST_PANIC, (status) -> status.selection().panic() ? 1 : 0,
					service));
			published.add(gauge(GovernanceMeter.DISCOVERY_LIST_INSTANCES, ServiceStatus::instances, service));
			for (ServiceView.State state : ServiceView.State.values()) {
				published.add(gauge(GovernanceMeter.DISCOVERY_LIST_STATE, (status) -> (status.state() == state) ? 1 : 0,
						service, name(state)));
			}
			return published;
		}

		private Meter gauge(GovernanceMeter meter, ToDoubleFunction<ServiceStatus> value, String... tags) {
			return meter.gauge(DiscoveryMeters.this.views, (views) -> {
				ServiceStatus status = views.status(tags[0]);
				return (status != null) ? value.applyAsDouble(status) : Double.NaN;
			}, tags).register(this.registry);
		}

	}

}
