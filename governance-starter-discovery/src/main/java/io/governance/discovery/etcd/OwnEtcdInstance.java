// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.etcd;

import java.util.function.Supplier;

import io.governance.discovery.Instance;
import io.governance.discovery.consul.ServiceDefinition;
import io.governance.discovery.registration.OwnInstance;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.core.ResolvableType;

/**
 * What this process wants to be registered as: nothing before its web server is up and
 * its readiness accepts traffic.
 */
public final class OwnEtcdInstance implements Supplier<@Nullable Instance>, GenericApplicationListener {

	private final ApplicationContext context;

	private final OwnInstance own;

	private final Supplier<@Nullable EtcdRegistration> registration;

	private volatile boolean ready;

	/**
	 * Creates the description.
	 * @param context the application, whose events and not its children's count
	 * @param own what this process says about itself
	 * @param registration is told when something changed
	 */
	public OwnEtcdInstance(ApplicationContext context, OwnInstance own,
			Supplier<@Nullable EtcdRegistration> registration) {
		this.context = context;
		this.own = own;
		this.registration = registration;
	}

	@Override
	public @Nullable Instance get() {
		ServiceDefinition definition = this.ready ? this.own.definition() : null;
		if (definition == null) {
			return null;
		}
		return new Instance(definition.id(), definition.service(), definition.address(), definition.port(),
				Boolean.parseBoolean(definition.metadata().get(OwnInstance.SECURE)), definition.metadata());
	}

	@Override
	public boolean supportsEventType(ResolvableType eventType) {
		return AvailabilityChangeEvent.class.isAssignableFrom(eventType.toClass())
				|| WebServerInitializedEvent.class.isAssignableFrom(eventType.toClass());
	}

	@Override
	public void onApplicationEvent(ApplicationEvent event) {
		if (event instanceof WebServerInitializedEvent initialized) {
			this.own.serverStarted(initialized);
		}
		else if (event instanceof AvailabilityChangeEvent<?> change && !isOfAnotherContext(change)
				&& change.getState() instanceof ReadinessState state) {
			this.ready = state == ReadinessState.ACCEPTING_TRAFFIC;
		}
		else {
			return;
		}
		EtcdRegistration present = this.registration.get();
		if (present != null) {
			present.compareSoon();
		}
	}

	private boolean isOfAnotherContext(ApplicationEvent event) {
		return event.getSource() instanceof ApplicationContext && event.getSource() != this.context;
	}

}
