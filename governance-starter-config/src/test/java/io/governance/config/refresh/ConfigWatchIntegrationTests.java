// SPDX-License-Identifier: Apache-2.0

package io.governance.config.refresh;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;

import io.governance.binding.LiveRules;
import io.governance.binding.RuleBinder;
import io.governance.config.ConfigProperties;
import io.governance.config.StubConfigServer;
import io.governance.config.remote.ConfigServerClient;
import io.governance.config.remote.LastKnownGood;
import io.governance.config.remote.RemoteConfigSources.Part;
import io.governance.config.remote.RemoteConfigState;
import io.governance.config.remote.RemoteConfigStatus.Source;
import io.governance.engine.PolicyEngine;
import io.governance.rule.RuleTypes;
import io.governance.time.TimeSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The watch against servers of every kind.
 */
class ConfigWatchIntegrationTests {

	private final StubConfigServer server = new StubConfigServer();

	private final StandardEnvironment environment = new StandardEnvironment();

	private final GenericApplicationContext context = new GenericApplicationContext();

	private final RemoteConfigState state = new RemoteConfigState(
			new ConfigServerClient(StubConfigServer.settings(this.server.address())));

	private final ConfigMeters meters = new ConfigMeters();

	private final PolicyEngine engine = new PolicyEngine("orders", TimeSource.system(), RandomGenerator.getDefault());

	private final AtomicLong shift = new AtomicLong();

	private final AtomicReference<Throwable> fault = new AtomicReference<>();

	@TempDir
	Path root;

	private ConfigWatch watch;

	@BeforeEach
	void start() {
		this.environment.getPropertySources().addFirst(this.state.view(Part.GENERAL));
		this.context.setEnvironment(this.environment);
		this.context.refresh();
		LiveRules rules = new LiveRules(new RuleBinder(RuleTypes.load(getClass().getClassLoader(), List.of())),
				this.engine, this.environment, TimeSource.system());
		RemoteConfigUpdater updater = new RemoteConfigUpdater(this.state, this.environment, rules,
				new SettingsRebinder(this.context, null, null), this.context);
		this.watch = new ConfigWatch(this.state, updater, this.meters,
				new ConfigProperties.Watch(true, Duration.ofMillis(20), Duration.ofMillis(50), Duration.ofMillis(50)),
				new FailingTime());
	}

	@AfterEach
	void stop() {
		this.watch.stop();
		this.context.close();
		this.server.close();
	}

	@Test
	void aServerWithoutAWatchIsPolled() {
		this.server.serveValue("a", "1");
		this.watch.start();
		eventually(() -> assertThat(this.environment.getProperty("a")).isEqualTo("1"));
		this.server.serveValue("a", "2");
		eventually(() -> assertThat(this.environment.getProperty("a")).isEqualTo("2"));
		assertThat(this.state.status().source()).isEqualTo(Source.SERVER);
		eventually(() -> assertThat(this.meters.takenCount()).isEqualTo(2));
	}

	@Test
	void aServerThatIsUnavailableOrRefusesIsAskedAgain() {
		this.server.serve(503, "");
		this.server.watch(503, "");
		this.watch.start();
		eventually(() -> assertThat(this.state.status().fault()).isEqualTo("status 503"));
		assertThat(this.state.status().connected()).isFalse();
		this.server.watch(401, "");
		eventually(() -> assertThat(this.state.status().fault()).isEqualTo("status 401"));
		assertThat(this.state.status().connected()).isTrue();
		this.server.watch(404, "");
		this.server.serveValue("a", "1");
		eventually(() -> assertThat(this.environment.getProperty("a")).isEqualTo("1"));
		assertThat(this.state.status().fault()).isNull();
		assertThat(this.meters.unreachableCount()).isPositive();
		assertThat(this.meters.unservedCount()).isPositive();
	}

	@Test
	void aRefusedSetIsRefusedOnceAndNotAtEveryPoll() {
		this.server.serveValue("governance.rules.rate-limit.mine.limit", "-1");
		this.watch.start();
		eventually(() -> assertThat(this.meters.refusedCount()).isEqualTo(1));
		int seen = this.server.requests().size();
		eventually(() -> assertThat(this.server.requests().size()).isGreaterThan(seen + 6));
		assertThat(this.meters.refusedCount()).isEqualTo(1);
		assertThat(this.state.status().violations()).hasSize(1);
	}

	@Test
	void aSetThatCouldNotBeTakenIsRefusedOnceAndTriedAgain() {
		this.server.serveValue("a", "1");
		this.watch.start();
		eventually(() -> assertThat(this.meters.takenCount()).isEqualTo(1));
		AtomicInteger attempts = new AtomicInteger();
		AtomicBoolean broken = new AtomicBoolean(true);
		this.engine.onChange(() -> {
			attempts.incrementAndGet();
			if (broken.get()) {
				throw new IllegalStateException("the engine fails");
			}
		});
		this.server.serveValue("a", "2");
		eventually(() -> assertThat(attempts).hasValueGreaterThan(2));
		assertThat(this.state.status().refusedRevision()).isNotNull();
		assertThat(this.state.status().violations()).singleElement().asString().contains("the engine fails");
		assertThat(this.meters.refusedCount()).isEqualTo(1);
		assertThat(this.environment.getProperty("a")).isEqualTo("1");
		broken.set(false);
		eventually(() -> assertThat(this.environment.getProperty("a")).isEqualTo("2"));
		eventually(() -> assertThat(this.meters.takenCount()).isEqualTo(2));
		assertThat(this.state.status().refusedRevision()).isNull();
	}

	@Test
	void aRefetchThatConfirmsTheSetRenewsTheFile() {
		LastKnownGood file = LastKnownGood.of(this.root, "orders", "here", Duration.ofDays(7), new ShiftedTime());
		this.state.retarget("default", file);
		this.server.serveValue("a", "1");
		this.watch.start();
		eventually(() -> assertThat(file.read()).isNotNull());
		long first = file.read().savedAt();
		this.shift.set(Duration.ofHours(2).toMillis());
		eventually(() -> assertThat(file.read().savedAt()).isGreaterThanOrEqualTo(first + this.shift.get()));
		this.server.serveValue("governance.rules.rate-limit.mine.limit", "-1");
		eventually(() -> assertThat(this.meters.refusedCount()).isEqualTo(1));
		long confirmed = file.read().savedAt();
		this.shift.set(Duration.ofHours(4).toMillis());
		int seen = this.server.requests().size();
		eventually(() -> assertThat(this.server.requests().size()).isGreaterThan(seen + 6));
		assertThat(file.read().savedAt()).isEqualTo(confirmed);
	}

	@Test
	void aFaultOfOursDoesNotEndTheWatch() {
		this.server.serve(200, "{\"propertySources\":[{\"name\":\"orders.yml\",\"source\":{\"a\":\"1\"}}]}");
		this.context.addApplicationListener((event) -> {
			throw new IllegalStateException("a listener fails");
		});
		this.watch.start();
		eventually(() -> assertThat(this.environment.getProperty("a")).isEqualTo("1"));
		this.server.serveValue("a", "2");
		eventually(() -> assertThat(this.environment.getProperty("a")).isEqualTo("2"));
	}

	@Test
	void aLastingFaultOfOursIsSeenInAgeAndHealthUntilItIsOver() {
		this.server.serveValue("a", "1");
		this.watch.start();
		eventually(() -> assertThat(this.state.confirmedMillis()).isPositive());
		this.fault.set(new IllegalStateException("the clock fails"));
		eventually(() -> assertThat(this.state.staleSinceMillis()).isPositive());
		assertThat(this.state.status().fault()).contains("the clock fails");
		this.fault.set(new NoClassDefFoundError("gone"));
		eventually(() -> assertThat(this.state.status().fault()).contains("NoClassDefFoundError: gone"));
		this.fault.set(null);
		eventually(() -> assertThat(this.state.staleSinceMillis()).isZero());
		assertThat(this.state.status().fault()).isNull();
		assertThat(this.watch.isRunning()).isTrue();
	}

	@Test
	void stoppingEndsTheThread() {
		this.watch.start();
		eventually(() -> assertThat(watchThreads()).isEqualTo(1));
		assertThat(this.watch.isRunning()).isTrue();
		this.watch.stop();
		assertThat(this.watch.isRunning()).isFalse();
		eventually(() -> assertThat(watchThreads()).isZero());
	}

	private static long watchThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("governance-config-watch"))
			.count();
	}

	private static void eventually(Runnable assertion) {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(10))
			.atMost(Duration.ofSeconds(5))
			.untilAsserted(assertion::run);
	}

	private final class FailingTime implements TimeSource {

		@Override
		public long nanoTime() {
			if (ConfigWatchIntegrationTests.this.fault.get() instanceof RuntimeException ex) {
				throw ex;
			}
			if (ConfigWatchIntegrationTests.this.fault.get() instanceof Error ex) {
				throw ex;
			}
			return TimeSource.system().nanoTime();
		}

		@Override
		public long epochMillis() {
			return TimeSource.system().epochMillis();
		}

	}

	private final class ShiftedTime implements TimeSource {

		@Override
		public long nanoTime() {
			return TimeSource.system().nanoTime();
		}

		@Override
		public long epochMillis() {
			return TimeSource.system().epochMillis() + ConfigWatchIntegrationTests.this.shift.get();
		}

	}

}
