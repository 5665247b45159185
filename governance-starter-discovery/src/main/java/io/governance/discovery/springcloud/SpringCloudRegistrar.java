// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.springcloud;

import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

import io.governance.discovery.registration.InstanceRegistrar;
import io.governance.time.TimeSource;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.client.serviceregistry.AbstractAutoServiceRegistration;
import org.springframework.cloud.client.serviceregistry.AutoServiceRegistration;
import org.springframework.cloud.client.serviceregistry.Registration;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;
import org.springframework.context.Lifecycle;
import org.springframework.core.ResolvableType;

/**
 * The registries that Spring Cloud registers this instance in by itself. Spring Cloud
 * takes it out when beans are destroyed, long after the server has stopped; this does so
 * before, and Spring Cloud's own way out finds nothing more to do. Thread-safe.
 */
public final class SpringCloudRegistrar implements InstanceRegistrar {

	private final ObjectProvider<ServiceRegistry<?>> registries;

	private final ObjectProvider<Registration> registrations;

	private final ObjectProvider<AutoServiceRegistration> automatic;

	private final TimeSource time;

	private volatile boolean out;

	private volatile long outSince;

	/**
	 * Creates the registrar.
	 * @param registries Spring Cloud's registries, looked up when they are needed
	 * @param registrations what is registered in them
	 * @param automatic what registers it
	 * @param time the clock
	 */
	public SpringCloudRegistrar(ObjectProvider<ServiceRegistry<?>> registries,
			ObjectProvider<Registration> registrations, ObjectProvider<AutoServiceRegistration> automatic,
			TimeSource time) {
		this.registries = registries;
		this.registrations = registrations;
		this.automatic = automatic;
		this.time = time;
	}

	@Override
	public String registry() {
		return this.registries.stream()
			.map((registry) -> registry.getClass().getSimpleName())
			.collect(Collectors.joining(","));
	}

	@Override
	public @Nullable Duration sinceListed() {
		if (this.out) {
			return Duration.ofNanos(this.time.nanoTime() - this.outSince);
		}
		return isRegistered() ? Duration.ZERO : null;
	}

	private boolean isRegistered() {
		return this.registries.stream().findAny().isPresent() && this.registrations.stream().findAny().isPresent()
				&& this.automatic.stream().allMatch(SpringCloudRegistrar::isRunning);
	}

	private static boolean isRunning(AutoServiceRegistration automatic) {
		if (automatic instanceof AbstractAutoServiceRegistration<?> known) {
			return known.isRunning();
		}
		return !(automatic instanceof Lifecycle lifecycle) || lifecycle.isRunning();
	}

	@Override
	public void takeOut() {
		if (this.out || !isRegistered()) {
			return;
		}
		try {
			each(ServiceRegistry::deregister);
		}
		finally {
			this.outSince = this.time.nanoTime();
			this.out = true;
		}
	}

	@Override
	public void putBack() {
		if (this.out) {
			each(ServiceRegistry::register);
			this.out = false;
		}
	}

	private void each(BiConsumer<ServiceRegistry<Registration>, Registration> action) {
		this.registries.forEach((registry) -> this.registrations.stream()
			.filter((registration) -> takes(registry, registration))
			.forEach((registration) -> action.accept(unchecked(registry), registration)));
	}

	private static boolean takes(ServiceRegistry<?> registry, Registration registration) {
		return ResolvableType.forInstance(registry)
			.as(ServiceRegistry.class)
			.getGeneric()
			.resolve(Registration.class)
			.isInstance(registration);
	}

	@SuppressWarnings("unchecked")
	private static ServiceRegistry<Registration> unchecked(ServiceRegistry<?> registry) {
		return (ServiceRegistry<Registration>) registry;
	}

}
