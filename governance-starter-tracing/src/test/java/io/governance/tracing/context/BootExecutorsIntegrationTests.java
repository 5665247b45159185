// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.context;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;

import io.micrometer.tracing.Tracer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.TaskDecorator;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.util.concurrent.FutureUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The executors that Spring Boot makes, on threads of the platform and on virtual ones.
 */
class BootExecutorsIntegrationTests {

	@Test
	void contextCrossesToThreadsOfThePlatform() throws Exception {
		try (ConfigurableApplicationContext application = start(Application.class)) {
			contextCrosses(application);
		}
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "this Java has no virtual threads")
	void contextCrossesToVirtualThreads() throws Exception {
		try (ConfigurableApplicationContext application = start(Application.class,
				"--spring.threads.virtual.enabled=true")) {
			assertThat(executor(application).submit(() -> Thread.currentThread().toString()).get()).contains("Virtual");
			contextCrosses(application);
		}
	}

	@Test
	void aDecoratorOfTheApplicationStaysAndTheContextCrossesToo() throws Exception {
		try (ConfigurableApplicationContext application = start(DecoratedApplication.class)) {
			contextCrosses(application);
			assertThat(application.getBean(DecoratedApplication.class).decorated).isNotEmpty();
		}
	}

	@Test
	void theDeadlineStaysBehindWhereTheApplicationSaysSo() throws Exception {
		try (ConfigurableApplicationContext application = start(Application.class,
				"--governance.tracing.context.deadline=false")) {
			Tracer tracer = application.getBean(Tracer.class);
			new CallInProgress(application).during(() -> {
				SeenContext seen = executor(application).submit(() -> SeenContext.here(tracer)).get();
				assertThat(SeenContext.here(tracer).deadline()).isTrue();
				assertThat(seen).isEqualTo(SeenContext.here(tracer).withoutDeadline());
				return seen;
			});
		}
	}

	@Test
	void nothingCrossesWithThePartSwitchedOff() throws Exception {
		try (ConfigurableApplicationContext application = start(Application.class,
				"--governance.tracing.context.enabled=false")) {
			Tracer tracer = application.getBean(Tracer.class);
			SeenContext seen = new CallInProgress(application)
				.during(() -> executor(application).submit(() -> SeenContext.here(tracer)).get());
			assertThat(seen).isEqualTo(SeenContext.NOTHING);
		}
	}

	private static void contextCrosses(ConfigurableApplicationContext application) throws Exception {
		CallInProgress call = new CallInProgress(application);
		Tracer tracer = application.getBean(Tracer.class);
		Work work = application.getBean(Work.class);
		AsyncTaskExecutor executor = executor(application);
		call.allCrosses(() -> work.later().get());
		call.allCrosses(() -> executor.submit(() -> SeenContext.here(tracer)).get());
		call.allCrosses(() -> FutureUtils.callAsync(() -> SeenContext.here(tracer), executor).get());
		whatRunsOnceLaterHasAllButTheDeadline(application, call, tracer);
		whatRunsAgainAndAgainIsItsOwn(application, call, tracer);
		scheduledMethodsHaveTheirOwnTrace(work);
	}

	private static void whatRunsOnceLaterHasAllButTheDeadline(ConfigurableApplicationContext application,
			CallInProgress call, Tracer tracer) throws Exception {
		TaskScheduler scheduler = application.getBean(TaskScheduler.class);
		call.during(() -> {
			FutureTask<SeenContext> later = new FutureTask<>(() -> SeenContext.here(tracer));
			scheduler.schedule(later, scheduler.getClock().instant().plusMillis(20));
			assertThat(later.get()).isEqualTo(SeenContext.here(tracer).withoutDeadline());
			return null;
		});
	}

	private static void whatRunsAgainAndAgainIsItsOwn(ConfigurableApplicationContext application, CallInProgress call,
			Tracer tracer) throws Exception {
		TaskScheduler scheduler = application.getBean(TaskScheduler.class);
		Queue<SeenContext> seen = new ConcurrentLinkedQueue<>();
		Queue<SeenContext> triggered = new ConcurrentLinkedQueue<>();
		call.during(() -> {
			Runnable task = () -> seen.add(SeenContext.here(tracer));
			scheduler.scheduleAtFixedRate(task, Duration.ofMillis(5));
			scheduler.scheduleWithFixedDelay(task, Duration.ofMillis(5));
			scheduler.schedule(() -> triggered.add(SeenContext.here(tracer)),
					(context) -> context.getClock().instant().plusMillis(5));
			return null;
		});
		Awaitility.await().until(() -> seen.size() > 20 && triggered.size() > 5);
		assertThat(seen).containsOnly(SeenContext.NOTHING);
		assertThat(triggered).containsOnly(SeenContext.NOTHING);
	}

	private static void scheduledMethodsHaveTheirOwnTrace(Work work) {
		Awaitility.await().until(() -> work.scheduled().size() > 5);
		List<SeenContext> seen = work.scheduled();
		assertThat(seen).extracting(SeenContext::trace).doesNotContainNull().doesNotHaveDuplicates();
		assertThat(seen).allSatisfy((one) -> {
			assertThat(one.mdc()).containsEntry("traceId", one.trace()).containsKey("spanId");
			assertThat(one.baggage()).isNull();
			assertThat(one.principal()).isNull();
			assertThat(one.deadline()).isFalse();
		});
	}

	private static AsyncTaskExecutor executor(ConfigurableApplicationContext application) {
		return application.getBean("applicationTaskExecutor", AsyncTaskExecutor.class);
	}

	private static ConfigurableApplicationContext start(Class<?> source, String... arguments) {
		return new SpringApplicationBuilder(source).web(WebApplicationType.NONE)
			.properties("governance.tracing.mdc=lane", "spring.task.scheduling.pool.size=2")
			.run(arguments);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableAsync
	@EnableScheduling
	@Import(Work.class)
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Application.class)
	static class DecoratedApplication {

		final Queue<Runnable> decorated = new ConcurrentLinkedQueue<>();

		@Bean
		@Order(0)
		TaskDecorator userDecorator() {
			return (task) -> {
				this.decorated.add(task);
				return task;
			};
		}

	}

	static class Work {

		private static final Logger logger = LoggerFactory.getLogger(Work.class);

		private final Queue<SeenContext> scheduled = new ConcurrentLinkedQueue<>();

		private final Tracer tracer;

		Work(Tracer tracer) {
			this.tracer = tracer;
		}

		List<SeenContext> scheduled() {
			return List.copyOf(this.scheduled);
		}

		@Async
		CompletableFuture<SeenContext> later() {
			return CompletableFuture.completedFuture(SeenContext.here(this.tracer));
		}

		@Scheduled(fixedRate = 10)
		void periodically() {
			logger.debug("works");
			this.scheduled.add(SeenContext.here(this.tracer));
		}

	}

}
