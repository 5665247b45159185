// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.springcloud;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.governance.discovery.Instance;
import io.governance.discovery.Listing;
import io.governance.discovery.RecordedListings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.event.HeartbeatEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DiscoveryClientSource}.
 */
@ExtendWith(OutputCaptureExtension.class)
class DiscoveryClientSourceTests {

	private static final PollSettings ALL = new PollSettings(Duration.ofSeconds(5), null);

	private final Steps steps = new Steps();

	private final RecordedListings said = new RecordedListings();

	private final ScriptedClient first = new ScriptedClient();

	private final ScriptedClient second = new ScriptedClient();

	private final List<String> lost = new ArrayList<>();

	private final DiscoveryClientSource source = source(ALL);

	@Test
	void metadataAndTlsAreTakenOver() {
		this.first.instances = List.of(new DefaultServiceInstance("a", "orders", "10.0.0.1", 8443, true,
				Map.of("version", "2", "zone", "z", "lane", "blue", "weight", "5")));
		follow();
		assertThat(this.said.last().healthy()).containsExactly(new Instance("a", "orders", "10.0.0.1", 8443, true,
				Map.of("version", "2", "zone", "z", "lane", "blue", "weight", "5")));
	}

	@Test
	void kubernetesOwnLabelsAreUnderstoodAndOursWin() {
		this.first.instances = List.of(instance("a",
				Map.of("app.kubernetes.io/version", "1.2", "topology.kubernetes.io/zone", "z", "zone", "ours")));
		follow();
		assertThat(this.said.last().healthy()).singleElement()
			.satisfies((instance) -> assertThat(instance.metadata()).containsEntry("version", "1.2")
				.containsEntry("zone", "ours"));
	}

	@Test
	void whatIsMarkedAsOutOfServiceIsKnownAndNotCalled() {
		this.first.instances = List.of(instance("a", Map.of("instance_status", "UP")),
				instance("b", Map.of("instance_status", "OUT_OF_SERVICE")));
		follow();
		assertThat(this.said.lastIds()).containsExactly("a");
		assertThat(this.said.last().known()).containsExactly("a");
		assertThat(this.said.last().withdrawn()).containsExactly("b");
	}

	@Test
	void theOnlyInstanceOutOfServiceIsTakenOutAndNotLost() {
		this.first.instances = List.of(instance("a", Map.of("instance_status", "UP")));
		follow();
		this.first.instances = List.of(instance("a", Map.of("instance_status", "OUT_OF_SERVICE")));
		this.steps.poll();
		assertThat(this.said.last()).isEqualTo(new Listing(List.of(), Set.of(), false, Set.of("a")));
	}

	@Test
	void anInstanceWithoutAnAddressIsNoErrorOfTheWholeList() {
		this.first.instances = List.of(new DefaultServiceInstance("x", "orders", null, 80, false),
				instance("a", Map.of()));
		follow();
		assertThat(this.said.lastIds()).containsExactly("a");
	}

	@Test
	void onlyInstancesOfTheSameEnvironmentAreThere() {
		this.first.instances = mixed();
		followInStaging();
		assertThat(this.said.last().healthy()).extracting(Instance::id).containsExactly("here");
		assertThat(this.said.last().known()).containsExactly("here");
	}

	@Test
	void withoutAnEnvironmentAllAreThere() {
		this.first.instances = mixed();
		follow();
		assertThat(this.said.lastIds()).containsExactly("here", "there", "nowhere", "bare");
	}

	@Test
	void aClientThatKnowsOnlyOtherEnvironmentsDoesNotHideWhatAnotherKnows() {
		this.first.instances = List.of(instance("there", Map.of("environment", "production")));
		this.second.instances = List.of(instance("here", Map.of("environment", "staging")));
		followInStaging();
		assertThat(this.said.lastIds()).containsExactly("here");
	}

	@Test
	void thatAllAreOfOtherEnvironmentsIsSaidOnce(CapturedOutput output) {
		this.first.instances = List.of(instance("there", Map.of("environment", "production")),
				instance("nowhere", Map.of()));
		followInStaging();
		this.steps.poll();
		assertThat(this.said.last()).isEqualTo(Listing.of(List.of()));
		assertThat(output.getAll()).containsOnlyOnce("service=orders environment=staging instances=2");
		this.first.instances = mixed();
		this.steps.poll();
		this.first.instances = List.of(instance("nowhere", Map.of()));
		this.steps.poll();
		assertThat(output.getAll()).containsOnlyOnce("service=orders environment=staging instances=1");
	}

	@Test
	void aClientThatFailsIsNoEmptyList() {
		this.first.instances = List.of(instance("a", Map.of()));
		follow();
		this.first.error = new IllegalStateException("registry is away");
		this.steps.poll();
		assertThat(this.said.lastFailure()).hasMessage("registry is away");
	}

	@Test
	void theClientThatKnewTheServiceHasNoSubstituteWhileItIsInTrouble() {
		this.first.instances = List.of(instance("a", Map.of()));
		this.second.instances = List.of(instance("b", Map.of()));
		follow();
		this.first.error = new IllegalStateException("registry is away");
		this.steps.poll();
		assertThat(this.said.lastFailure()).hasMessage("registry is away");
	}

	@Test
	void aClientThatFailsDoesNotHideWhatAnotherKnows() {
		this.first.error = new IllegalStateException("registry is away");
		this.second.instances = List.of(instance("b", Map.of()));
		follow();
		assertThat(this.said.lastIds()).containsExactly("b");
	}

	@Test
	void whatWasThereAMomentAgoIsMarkedWhenTheListTurnsEmptyAndOnlyThen() {
		this.first.instances = List.of(instance("a", Map.of()));
		follow();
		this.first.instances = List.of();
		this.steps.poll();
		assertThat(this.said.last()).isEqualTo(new Listing(List.of(), Set.of(), true, Set.of()));
		this.steps.poll();
		assertThat(this.said.last()).isEqualTo(Listing.of(List.of()));
	}

	@Test
	void aServiceThatNeverWasIsEmptyAtOnce() {
		follow();
		assertThat(this.said.last()).isEqualTo(Listing.of(List.of()));
	}

	@Test
	void aClientThatLostItsRegistryIsNotBelieved() {
		this.first.instances = List.of(instance("a", Map.of()));
		this.lost.add("registry: no answer yet");
		follow();
		assertThat(this.said.lastFailure()).hasMessage("registry: no answer yet");
		this.lost.clear();
		this.steps.poll();
		assertThat(this.said.lastIds()).containsExactly("a");
	}

	@Test
	void aClientThatCannotBeCreatedIsAFailureAndNotTheEnd() {
		DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
		AtomicBoolean broken = new AtomicBoolean(true);
		beans.registerBeanDefinition("client",
				BeanDefinitionBuilder.genericBeanDefinition(DiscoveryClient.class, () -> created(broken))
					.getBeanDefinition());
		new DiscoveryClientSource(beans.getBeanProvider(DiscoveryClient.class),
				beans.getBeanProvider(ClientContact.class), this.steps, ALL)
			.follow("orders", this.said);
		this.steps.poll();
		assertThat(this.said.lastFailure()).rootCause().hasMessage("no such host");
		broken.set(false);
		this.first.instances = List.of(instance("a", Map.of()));
		this.steps.poll();
		assertThat(this.said.lastIds()).containsExactly("a");
	}

	@Test
	void aChangeThatAClientAnnouncesIsAskedForSoonAndManyOnlyOnce() {
		follow();
		this.first.instances = List.of(instance("a", Map.of()));
		this.source.onApplicationEvent(new HeartbeatEvent(this, 1));
		this.source.onApplicationEvent(new HeartbeatEvent(this, 2));
		assertThat(this.steps.later).hasSize(1);
		this.steps.later.remove().run();
		assertThat(this.said.lastIds()).containsExactly("a");
		this.source.onApplicationEvent(new HeartbeatEvent(this, 3));
		assertThat(this.steps.later).hasSize(1);
	}

	@Test
	void whatIsNotFollowedAnyMoreIsNotAskedFor() {
		this.source.follow("orders", this.said).close();
		this.source.onApplicationEvent(new HeartbeatEvent(this, 1));
		this.steps.later.remove().run();
		assertThat(this.said.all()).isEmpty();
	}

	private DiscoveryClient created(AtomicBoolean broken) {
		if (broken.get()) {
			throw new IllegalStateException("no such host");
		}
		return this.first;
	}

	private static List<ServiceInstance> mixed() {
		return List.of(instance("here", Map.of("environment", "staging")),
				instance("there", Map.of("environment", "production")), instance("nowhere", Map.of()),
				instance("bare", null));
	}

	private void followInStaging() {
		source(new PollSettings(Duration.ofSeconds(5), "staging")).follow("orders", this.said);
		this.steps.poll();
	}

	private void follow() {
		this.source.follow("orders", this.said);
		this.steps.poll();
	}

	private DiscoveryClientSource source(PollSettings settings) {
		StaticListableBeanFactory beans = new StaticListableBeanFactory();
		beans.addBean("first", this.first);
		beans.addBean("second", this.second);
		ClientContact contact = (client) -> (client == this.first && !this.lost.isEmpty()) ? this.lost.get(0) : null;
		beans.addBean("contact", contact);
		return new DiscoveryClientSource(beans.getBeanProvider(DiscoveryClient.class),
				beans.getBeanProvider(ClientContact.class), this.steps, settings);
	}

	private static ServiceInstance instance(String id, Map<String, String> metadata) {
		return new DefaultServiceInstance(id, "orders", "10.0.0.1", 80, false, metadata);
	}

	private static final class ScriptedClient implements DiscoveryClient {

		private List<ServiceInstance> instances = List.of();

		private RuntimeException error;

		@Override
		public String description() {
			return "script";
		}

		@Override
		public List<ServiceInstance> getInstances(String serviceId) {
			if (this.error != null) {
				throw this.error;
			}
			return this.instances;
		}

		@Override
		public List<String> getServices() {
			return List.of();
		}

	}

	private static final class Steps extends ScheduledThreadPoolExecutor {

		private final Deque<Runnable> later = new ArrayDeque<>();

		private Runnable polling;

		Steps() {
			super(0);
		}

		@Override
		public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long initial, long delay, TimeUnit unit) {
			this.polling = task;
			return new Unscheduled(task);
		}

		@Override
		public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
			this.later.add(task);
			return new Unscheduled(task);
		}

		void poll() {
			this.polling.run();
		}

	}

	private static final class Unscheduled extends FutureTask<Object> implements ScheduledFuture<Object> {

		Unscheduled(Runnable task) {
			super(task, null);
		}

		@Override
		public long getDelay(TimeUnit unit) {
			return 0;
		}

		@Override
		public int compareTo(Delayed other) {
			return 0;
		}

	}

}
