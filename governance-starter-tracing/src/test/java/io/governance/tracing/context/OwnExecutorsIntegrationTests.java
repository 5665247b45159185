// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.context;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.micrometer.context.ContextExecutorService;
import io.micrometer.tracing.Tracer;
import jakarta.annotation.PreDestroy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.Trigger;
import org.springframework.scheduling.concurrent.ConcurrentTaskExecutor;
import org.springframework.scheduling.concurrent.ConcurrentTaskScheduler;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The executors that an application makes itself.
 */
class OwnExecutorsIntegrationTests {

	private static ConfigurableApplicationContext application;

	private static CallInProgress call;

	private static Callable<SeenContext> seen;

	@BeforeAll
	static void start() {
		application = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties("governance.tracing.mdc=lane")
			.run();
		call = new CallInProgress(application);
		Tracer tracer = application.getBean(Tracer.class);
		seen = () -> SeenContext.here(tracer);
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	@Test
	void contextCrossesInSpringsExecutorsWithoutADecorator() throws Exception {
		call.allCrosses(() -> application.getBean(ThreadPoolTaskExecutor.class).submit(seen).get());
		call.allCrosses(() -> application.getBean(SimpleAsyncTaskExecutor.class).submit(seen).get());
		call.allCrosses(() -> application.getBean(ThreadPoolTaskScheduler.class).submit(seen).get());
		call.allCrosses(() -> application.getBean("concurrent", ConcurrentTaskExecutor.class).submit(seen).get());
		call.allCrosses(() -> application.getBean(ConcurrentTaskScheduler.class).submit(seen).get());
	}

	@Test
	void contextCrossesAndADecoratorOfTheApplicationStays() throws Exception {
		Application source = application.getBean(Application.class);
		int before = source.decorated;
		call.allCrosses(() -> application.getBean("decorated", ThreadPoolTaskExecutor.class).submit(seen).get());
		assertThat(source.decorated).isEqualTo(before + 1);
	}

	@Test
	void aDecoratorOfTheApplicationSeesTheContextAndMayChangeIt() throws Exception {
		Application source = application.getBean(Application.class);
		ThreadPoolTaskExecutor executor = application.getBean("changing", ThreadPoolTaskExecutor.class);
		SeenContext own = call.during(() -> executor.submit(seen).get());
		assertThat(source.seenByDecorator.trace()).hasSize(32);
		assertThat(source.seenByDecorator.baggage()).isEqualTo("blue");
		assertThat(own.trace()).isNull();
		assertThat(own.principal()).isEqualTo("alice");
	}

	@Test
	void micrometerIssue3908BaggageCrossesInAWrappedExecutorService() throws Exception {
		call.allCrosses(() -> application.getBean("plain", ExecutorService.class).submit(seen).get());
		call.allCrosses(() -> application.getBean("timer", ScheduledExecutorService.class).submit(seen).get());
		call.allCrosses(() -> application.getBean("timer", ScheduledExecutorService.class)
			.schedule(seen, 0, TimeUnit.MILLISECONDS)
			.get());
	}

	@Test
	void plainExecutorsAreWrappedOnceAndWhereTheirBeanIsAnInterface() {
		assertThat(application.getBean("plain")).isInstanceOf(ContextExecutorService.class);
		assertThat(application.getBean("timer")).isInstanceOf(ContextScheduledExecutor.class);
		assertThat(application.getBean(ForkJoinPool.class)).isSameAs(application.getBean("declaredAsClass"));
		assertThat(application.getBean("wrappedByTheApplication"))
			.isSameAs(application.getBean(Application.class).wrapped);
		ContextExecutors again = application.getBean(ContextExecutors.class);
		Object plain = application.getBean("plain");
		assertThat(again.postProcessAfterInitialization(plain, "plain")).isSameAs(plain);
	}

	@Test
	void whatRunsOnceLaterHasAllButTheDeadline() throws Exception {
		ScheduledExecutorService timer = application.getBean("timer", ScheduledExecutorService.class);
		ThreadPoolTaskScheduler scheduler = application.getBean(ThreadPoolTaskScheduler.class);
		call.during(() -> {
			SeenContext callers = seen.call();
			assertThat(callers.deadline()).isTrue();
			assertThat(timer.schedule(seen, 1, TimeUnit.MILLISECONDS).get()).isEqualTo(callers.withoutDeadline());
			FutureTask<SeenContext> runnable = new FutureTask<>(seen);
			timer.schedule((Runnable) runnable::run, 1, TimeUnit.MILLISECONDS);
			assertThat(runnable.get()).isEqualTo(callers.withoutDeadline());
			FutureTask<SeenContext> later = new FutureTask<>(seen);
			scheduler.schedule(later, scheduler.getClock().instant().plusMillis(20));
			assertThat(later.get()).isEqualTo(callers.withoutDeadline());
			FutureTask<SeenContext> now = new FutureTask<>(seen);
			scheduler.schedule(now, scheduler.getClock().instant());
			assertThat(now.get()).isEqualTo(callers);
			return null;
		});
	}

	@Test
	void whatRunsAgainAndAgainIsWorkOfItsOwn() throws Exception {
		ScheduledExecutorService timer = application.getBean("timer", ScheduledExecutorService.class);
		ThreadPoolTaskScheduler scheduler = application.getBean(ThreadPoolTaskScheduler.class);
		Trigger often = (context) -> context.getClock().instant().plusMillis(1);
		List<Runs> all = Stream.generate(Runs::new).limit(4).toList();
		List<Future<?>> started = call
			.during(() -> List.of(timer.scheduleAtFixedRate(all.get(0), 0, 1, TimeUnit.MILLISECONDS),
					timer.scheduleWithFixedDelay(all.get(1), 0, 1, TimeUnit.MILLISECONDS),
					scheduler.schedule(all.get(2), often),
					new ConcurrentTaskScheduler(timer).schedule(all.get(3), often)));
		for (Runs runs : all) {
			assertThat(runs.thrice.await(10, TimeUnit.SECONDS)).isTrue();
			assertThat(runs.seen).containsOnly(SeenContext.NOTHING);
		}
		started.forEach((future) -> future.cancel(false));
	}

	@Test
	void aSchedulerKeepsItsClassAndIsWrappedOnce() {
		ThreadPoolTaskScheduler scheduler = application.getBean(ThreadPoolTaskScheduler.class);
		assertThat(application.getBean(ContextExecutors.class).postProcessAfterInitialization(scheduler, "scheduler"))
			.isSameAs(scheduler);
		assertThat(scheduler.getScheduledThreadPoolExecutor().isShutdown()).isFalse();
	}

	@Test
	void tracingIssue378ThreadsAreCleanAfterATask() throws Exception {
		Application source = application.getBean(Application.class);
		call.allCrosses(() -> application.getBean("plain", ExecutorService.class).submit(seen).get());
		assertThat(source.plainTarget.submit(seen).get()).isEqualTo(SeenContext.NOTHING);
		ThreadPoolTaskScheduler scheduler = application.getBean(ThreadPoolTaskScheduler.class);
		call.allCrosses(() -> scheduler.submit(seen).get());
		// what goes past the bean is not wrapped, so this sees the bare thread
		assertThat(scheduler.getScheduledExecutor().schedule(seen, 1, TimeUnit.MILLISECONDS).get())
			.isEqualTo(SeenContext.NOTHING);
	}

	@Test
	void aTaskNeverHasWhatAnotherLeftBehind() throws Exception {
		Application source = application.getBean(Application.class);
		ExecutorService plain = application.getBean("plain", ExecutorService.class);
		AutoCloseable left = source.plainTarget
			.submit(() -> application.getBean(Tracer.class).withSpan(application.getBean(Tracer.class).nextSpan()))
			.get();
		call.allCrosses(() -> plain.submit(seen).get());
		source.plainTarget.submit(() -> {
			left.close();
			return null;
		}).get();
		assertThat(source.plainTarget.submit(seen).get()).isEqualTo(SeenContext.NOTHING);
	}

	@Test
	void nothingIsTouchedWithThePropertyOff() {
		try (ConfigurableApplicationContext off = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.run("--governance.tracing.context.executors=false")) {
			assertThat(off.getBean("plain")).isSameAs(off.getBean(Application.class).plainTarget);
		}
	}

	private static final class Runs implements Runnable {

		private final Queue<SeenContext> seen = new ConcurrentLinkedQueue<>();

		private final CountDownLatch thrice = new CountDownLatch(3);

		@Override
		public void run() {
			this.seen.add(SeenContext.here(application.getBean(Tracer.class)));
			this.thrice.countDown();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		final ExecutorService plainTarget = Executors.newFixedThreadPool(1);

		private final ExecutorService concurrentTarget = Executors.newFixedThreadPool(1);

		private final ScheduledExecutorService scheduledTarget = Executors.newScheduledThreadPool(1);

		ExecutorService wrapped;

		volatile int decorated;

		volatile SeenContext seenByDecorator;

		@Bean
		ThreadPoolTaskExecutor pool() {
			return new ThreadPoolTaskExecutor();
		}

		@Bean(defaultCandidate = false)
		ThreadPoolTaskExecutor decorated() {
			ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
			executor.setTaskDecorator((task) -> {
				this.decorated++;
				return task;
			});
			return executor;
		}

		@Bean(defaultCandidate = false)
		ThreadPoolTaskExecutor changing(Tracer tracer) {
			ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
			executor.setTaskDecorator((task) -> () -> {
				this.seenByDecorator = SeenContext.here(tracer);
				try (Tracer.SpanInScope none = tracer.withSpan(null)) {
					task.run();
				}
			});
			return executor;
		}

		@PreDestroy
		void stopTargets() {
			this.concurrentTarget.shutdown();
			this.scheduledTarget.shutdown();
		}

		@Bean(defaultCandidate = false)
		ConcurrentTaskExecutor concurrent() {
			return new ConcurrentTaskExecutor(this.concurrentTarget);
		}

		@Bean(defaultCandidate = false)
		ConcurrentTaskScheduler concurrentScheduler() {
			return new ConcurrentTaskScheduler(this.scheduledTarget);
		}

		@Bean
		SimpleAsyncTaskExecutor simple() {
			return new SimpleAsyncTaskExecutor();
		}

		@Bean
		ThreadPoolTaskScheduler scheduler() {
			return new ThreadPoolTaskScheduler();
		}

		@Bean
		ExecutorService plain() {
			return this.plainTarget;
		}

		@Bean
		ScheduledExecutorService timer() {
			return Executors.newSingleThreadScheduledExecutor();
		}

		@Bean
		ForkJoinPool declaredAsClass() {
			return new ForkJoinPool(1);
		}

		@Bean
		ExecutorService wrappedByTheApplication() {
			this.wrapped = ContextExecutorService.wrap(Executors.newSingleThreadExecutor(), new ContextCapture(true));
			return this.wrapped;
		}

	}

}
