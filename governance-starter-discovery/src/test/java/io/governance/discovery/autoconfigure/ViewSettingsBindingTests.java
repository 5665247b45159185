// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.governance.autoconfigure.GovernanceAutoConfiguration;
import io.governance.discovery.Instance;
import io.governance.discovery.InstanceSource;
import io.governance.discovery.Listing;
import io.governance.discovery.ManualTime;
import io.governance.discovery.ScriptedSource;
import io.governance.discovery.ServiceView;
import io.governance.discovery.ServiceView.State;
import io.governance.discovery.ServiceViews;
import io.governance.discovery.ViewSettings;
import io.governance.time.TimeSource;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is written below {@code governance.discovery.view} is what views go by.
 */
class ViewSettingsBindingTests {

	private static final String SERVICE = "orders";

	private static final Instance ONE = ScriptedSource.instance(SERVICE, 1);

	private final FollowedSource source = new FollowedSource();

	private final ManualTime time = new ManualTime();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(GovernanceAutoConfiguration.class, GovernanceDiscoveryAutoConfiguration.class))
		.withBean(InstanceSource.class, () -> this.source)
		.withBean(TimeSource.class, () -> this.time);

	@Test
	void eachPropertyIsASetting() {
		this.contextRunner
			.withPropertyValues("governance.discovery.view.first-list-timeout=1s",
					"governance.discovery.view.stale-for=2s", "governance.discovery.view.recovery-time=3s",
					"governance.discovery.load-balancer.avoid-after-connect-failure=4s",
					"governance.discovery.view.maximum-services=5", "governance.discovery.view.forget-after=6s",
					"governance.discovery.view.zero-protection=false")
			.run((context) -> assertThat(context.getBean(GovernanceDiscoveryProperties.class).viewSettings())
				.isEqualTo(new ViewSettings(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3),
						Duration.ofSeconds(4), 5, Duration.ofSeconds(6), false)));
	}

	@Test
	void withoutAPropertyTheDefaultsHold() {
		this.contextRunner
			.run((context) -> assertThat(context.getBean(GovernanceDiscoveryProperties.class).viewSettings())
				.isEqualTo(ViewSettings.defaults()));
	}

	@Test
	void withoutZeroProtectionNobodyIsCalledWhenAllAreUnhealthy() {
		this.contextRunner.withPropertyValues("governance.discovery.view.zero-protection=false").run((context) -> {
			ServiceView view = allUnhealthy(context.getBean(ServiceViews.class));
			assertThat(view.state()).isEqualTo(State.LIVE);
			assertThat(view.instances()).isEmpty();
		});
	}

	@Test
	void withZeroProtectionTheLastHealthyOnesAreCalledOn() {
		this.contextRunner.run((context) -> {
			ServiceView view = allUnhealthy(context.getBean(ServiceViews.class));
			assertThat(view.state()).isEqualTo(State.ALL_UNHEALTHY);
			assertThat(view.instances()).containsExactly(ONE);
		});
	}

	@Test
	void aListIsKeptForTheTimeThatIsSetWhileTheRegistryIsAway() {
		this.contextRunner.withPropertyValues("governance.discovery.view.stale-for=1m").run((context) -> {
			ServiceViews views = context.getBean(ServiceViews.class);
			assertThat(views.view(SERVICE).instances()).containsExactly(ONE);
			this.time.advance(Duration.ofSeconds(59));
			this.source.fails();
			assertThat(views.view(SERVICE).instances()).containsExactly(ONE);
			this.time.advance(Duration.ofSeconds(1));
			this.source.fails();
			assertThat(views.view(SERVICE).instances()).isEmpty();
			assertThat(views.view(SERVICE).state()).isEqualTo(State.STALE);
		});
	}

	private ServiceView allUnhealthy(ServiceViews views) {
		assertThat(views.view(SERVICE).instances()).containsExactly(ONE);
		this.source.listsUnhealthy();
		return views.view(SERVICE);
	}

	/** Lists one instance, until a test says otherwise. */
	private static final class FollowedSource implements InstanceSource {

		private Listener listener;

		@Override
		public Following follow(String service, Listener listener) {
			this.listener = listener;
			listener.listed(Listing.of(List.of(ONE)));
			return () -> {
			};
		}

		@Override
		public String description() {
			return "followed";
		}

		void listsUnhealthy() {
			this.listener.listed(new Listing(List.of(), Set.of(ONE.id()), false, Set.of()));
		}

		void fails() {
			this.listener.failed(new IllegalStateException("registry is away"));
		}

	}

}
