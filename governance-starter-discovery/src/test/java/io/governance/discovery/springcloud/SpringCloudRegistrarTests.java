// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.springcloud;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.governance.discovery.LaterTasks;
import io.governance.discovery.ManualTime;
import io.governance.time.TimeSource;
import org.junit.jupiter.api.Test;

import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.serviceregistry.AutoServiceRegistration;
import org.springframework.cloud.client.serviceregistry.Registration;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;
import org.springframework.context.Lifecycle;
import org.springframework.context.annotation.AnnotationConfigUtils;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link SpringCloudRegistrar}.
 */
class SpringCloudRegistrarTests {

	private final List<String> asked = new ArrayList<>();

	private final ManualTime time = new ManualTime();

	private final LaterTasks later = new LaterTasks();

	private final GenericApplicationContext context = new GenericApplicationContext();

	@Test
	void withoutARegistryOfSpringCloudThereIsNothingToLeave() {
		SpringCloudRegistrar registrar = registrar();
		registrar.takeOut();
		registrar.putBack();
		assertThat(registrar.sinceListed()).isNull();
	}

	@Test
	void takesItOutOfTheRegistryThatKnowsItAndPutsItBack() {
		this.context.registerBean(OneRegistry.class, () -> new OneRegistry("one", this.asked));
		this.context.registerBean(OtherRegistry.class, () -> new OtherRegistry("other", this.asked));
		this.context.registerBean(OneRegistration.class);
		SpringCloudRegistrar registrar = registrar();
		assertThat(registrar.sinceListed()).isZero();
		assertThat(registrar.registry()).isEqualTo("OneRegistry,OtherRegistry");
		registrar.takeOut();
		registrar.takeOut();
		this.time.advance(Duration.ofSeconds(3));
		assertThat(registrar.sinceListed()).isEqualTo(Duration.ofSeconds(3));
		registrar.putBack();
		registrar.putBack();
		assertThat(this.asked).containsExactly("one deregister", "one register");
		assertThat(registrar.sinceListed()).isZero();
	}

	@Test
	void whatSpringCloudHasNotRegisteredIsLeftAlone() {
		this.context.registerBean(OneRegistry.class, () -> new OneRegistry("one", this.asked));
		this.context.registerBean(OneRegistration.class);
		this.context.registerBean(NotRunning.class);
		SpringCloudRegistrar registrar = registrar();
		registrar.takeOut();
		assertThat(registrar.sinceListed()).isNull();
		assertThat(this.asked).isEmpty();
	}

	@Test
	void whatFailsIsNoSuccessAndIsTriedAgainUntilItWorks() {
		OneRegistry registry = new OneRegistry("one", this.asked);
		this.context.registerBean(OneRegistry.class, () -> registry);
		this.context.registerBean(OneRegistration.class);
		SpringCloudRegistrar registrar = registrar();
		registry.broken = true;
		assertThatIllegalStateException().isThrownBy(registrar::takeOut);
		this.later.runAll();
		assertThat(registrar.sinceListed()).as("it is still there").isZero();
		registry.broken = false;
		this.later.runAll();
		this.time.advance(Duration.ofSeconds(1));
		assertThat(registrar.sinceListed()).isEqualTo(Duration.ofSeconds(1));
		registry.broken = true;
		assertThatIllegalStateException().isThrownBy(registrar::putBack);
		assertThat(registrar.sinceListed()).as("it is not there").isEqualTo(Duration.ofSeconds(1));
		registry.broken = false;
		this.later.runAll();
		assertThat(registrar.sinceListed()).isZero();
		this.later.runAll();
		assertThat(this.asked).containsExactly("one deregister", "one deregister", "one deregister", "one register",
				"one register");
	}

	@Test
	void whatIsNotWantedAnyMoreIsNotTriedAgain() {
		OneRegistry registry = new OneRegistry("one", this.asked);
		this.context.registerBean(OneRegistry.class, () -> registry);
		this.context.registerBean(OneRegistration.class);
		SpringCloudRegistrar registrar = registrar();
		registry.broken = true;
		assertThatIllegalStateException().isThrownBy(registrar::takeOut);
		registrar.putBack();
		registry.broken = false;
		this.later.runAll();
		assertThat(this.asked).containsExactly("one deregister");
		assertThat(registrar.sinceListed()).isZero();
	}

	private SpringCloudRegistrar registrar() {
		this.context.registerBean(LaterTasks.class, () -> this.later);
		this.context.registerBean(TimeSource.class, () -> this.time);
		this.context.registerBean(SpringCloudRegistrar.class);
		AnnotationConfigUtils.registerAnnotationConfigProcessors(this.context);
		this.context.refresh();
		return this.context.getBean(SpringCloudRegistrar.class);
	}

	static final class OneRegistration extends DefaultServiceInstance implements Registration {

		OneRegistration() {
			super("orders-1", "orders", "10.0.0.1", 8080, false);
		}

	}

	static final class OtherRegistration extends DefaultServiceInstance implements Registration {

		OtherRegistration() {
			super("orders-1", "orders", "10.0.0.1", 8080, false);
		}

	}

	static final class OneRegistry extends RecordingRegistry<OneRegistration> {

		OneRegistry(String name, List<String> asked) {
			super(name, asked);
		}

	}

	static final class OtherRegistry extends RecordingRegistry<OtherRegistration> {

		OtherRegistry(String name, List<String> asked) {
			super(name, asked);
		}

	}

	static final class NotRunning implements AutoServiceRegistration, Lifecycle {

		@Override
		public void start() {
		}

		@Override
		public void stop() {
		}

		@Override
		public boolean isRunning() {
			return false;
		}

	}

	abstract static class RecordingRegistry<R extends Registration> implements ServiceRegistry<R> {

		private final String name;

		private final List<String> asked;

		boolean broken;

		RecordingRegistry(String name, List<String> asked) {
			this.name = name;
			this.asked = asked;
		}

		@Override
		public void register(R registration) {
			answer("register");
		}

		@Override
		public void deregister(R registration) {
			answer("deregister");
		}

		private void answer(String request) {
			this.asked.add(this.name + " " + request);
			if (this.broken) {
				throw new IllegalStateException("away");
			}
		}

		@Override
		public void close() {
			this.asked.add(this.name + " close");
		}

		@Override
		public void setStatus(R registration, String status) {
			this.asked.add(this.name + " " + status);
		}

		@Override
		public <T> T getStatus(R registration) {
			throw new UnsupportedOperationException();
		}

	}

}
