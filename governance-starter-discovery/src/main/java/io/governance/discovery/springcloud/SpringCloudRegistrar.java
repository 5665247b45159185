// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.springcloud;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

import io.governance.discovery.registration.InstanceRegistrar;
import io.governance.time.TimeSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
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
 * before, and Spring Cloud's own way out finds nothing more to do. What fails is tried
 * again each second, until it works or something else is wanted. Thread-safe.
 */
public final class SpringCloudRegistrar implements InstanceRegistrar {

	private final ObjectProvider<ServiceRegistry<?>> registries;

	private final ObjectProvider<Registration> registrations;

	private final ObjectProvider<AutoServiceRegistration> automatic;

	private static final Log logger = LogFactory.getLog(SpringCloudRegistrar.class);

	private static final long AGAIN_MILLIS = 1000;

	private final ScheduledExecutorService scheduler;

	private final TimeSource time;

	/** What is wanted last, so that an earlier wish is not tried again. */
	private volatile boolean outWanted;

	private volatile boolean out;

	private volatile long outSince;

	/**
	 * Creates the registrar.
	 * @param registries Spring Cloud's registries, looked up when they are needed
	 * @param registrations what is registered in them
	 * @param automatic what registers it
	 * @param scheduler a thread that may block, for what must be tried again
	 * @param time the clock
	 */
	public SpringCloudRegistrar(ObjectProvider<ServiceRegistry<?>> registries,
			ObjectProvider<Registration> registrations, ObjectProvider<AutoServiceRegistration> automatic,
			ScheduledExecutorService scheduler, TimeSource time) {
		this.registries = registries;
		this.registrations = registrations;
		this.automatic = automatic;
		this.scheduler = scheduler;
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
		this.outWanted = true;
		carryOut(true);
	}

	@Override
	public void putBack() {
		this.outWanted = false;
		carryOut(false);
	}

	private synchronized void carryOut(boolean wanted) {
		if (wanted != this.outWanted || wanted == this.out || (wanted && !isRegistered())) {
			return;
		}
		try {
			each(wanted ? ServiceRegistry::deregister : ServiceRegistry::register);
			this.outSince = this.time.nanoTime();
			this.out = wanted;
		}
		catch (RuntimeException ex) {
			this.scheduler.schedule(() -> again(wanted), AGAIN_MILLIS, TimeUnit.MILLISECONDS);
			throw ex;
		}
	}

	private void again(boolean wanted) {
		try {
			carryOut(wanted);
		}
		catch (RuntimeException ex) {
			// the first failure was said by whoever asked
			logger.debug("registry=" + registry() + " effect=\"tried again\"", ex);
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
