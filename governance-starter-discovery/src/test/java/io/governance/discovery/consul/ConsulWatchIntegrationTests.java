// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.consul;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.governance.discovery.consul.ScriptedAgent.Asked;
import io.governance.discovery.consul.ScriptedAgent.Reply;
import io.governance.time.TimeSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConsulWatch} and {@link BlockingQueries}.
 */
class ConsulWatchIntegrationTests {

	private static final String PATH = "/v1/health/service/orders";

	private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();

	private final CountDownLatch release = new CountDownLatch(1);

	private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();

	private final List<ConsulWatch> watches = new ArrayList<>();

	private ScriptedAgent server;

	private ConsulReachability reachability;

	@BeforeEach
	void start() throws Exception {
		this.server = new ScriptedAgent(this::nextOrWait);
	}

	@AfterEach
	void stop() {
		this.watches.forEach(ConsulWatch::close);
		this.release.countDown();
		this.server.close();
		this.scheduler.shutdownNow();
	}

	@Test
	void asksAtOnceAndThenWaitsAtTheAgentForTheNextIndex() throws Exception {
		this.replies.add(new Reply(200, 7, "[1]"));
		Recorder recorder = watch();
		assertThat(recorder.next()).isEqualTo("[1] reset=false");
		awaitAsked(2);
		assertThat(uris()).containsExactly(PATH, PATH + "?index=7&wait=20000ms");
	}

	@Test
	void anIndexThatGoesBackwardsStartsFromZeroAndIsReported() throws Exception {
		this.replies.addAll(List.of(new Reply(200, 7, "[1]"), new Reply(200, 3, "[]"), new Reply(200, 3, "[2]")));
		Recorder recorder = watch();
		assertThat(List.of(recorder.next(), recorder.next(), recorder.next())).containsExactly("[1] reset=false",
				"[] reset=true", "[2] reset=false");
		awaitAsked(4);
		assertThat(uris()).containsExactly(PATH, PATH + "?index=7&wait=20000ms", PATH, PATH + "?index=3&wait=20000ms");
	}

	@Test
	void anErrorIsReportedAndTheIndexStartsFromZero() throws Exception {
		this.replies
			.addAll(List.of(new Reply(200, 7, "[1]"), new Reply(500, 8, "no leader"), new Reply(200, 9, "[2]")));
		Recorder recorder = watch();
		assertThat(List.of(recorder.next(), recorder.next(), recorder.next())).containsExactly("[1] reset=false",
				"failed GET " + PATH + ": 500 no leader", "[2] reset=false");
		assertThat(uris().get(2)).isEqualTo(PATH);
	}

	@Test
	void anAnswerThatCannotBeReadIsAnErrorAndNotTheEnd() throws Exception {
		this.replies.addAll(List.of(new Reply(200, 7, "{{"), new Reply(200, 9, "[2]")));
		Recorder recorder = watch();
		assertThat(recorder.next()).startsWith("failed GET " + PATH + ": unreadable answer");
		assertThat(recorder.next()).isEqualTo("[2] reset=false");
	}

	@Test
	void anObserverThatThrowsIsNotTheEnd() throws Exception {
		this.replies
			.addAll(List.of(new Reply(200, 7, "[1]"), new Reply(500, 7, "no leader"), new Reply(200, 9, "[2]")));
		Recorder recorder = new Recorder();
		follow(queries(), PATH, new ConsulWatch.Observer() {

			@Override
			public void answered(JsonNode value, boolean reset) {
				recorder.answered(value, reset);
				throw new IllegalStateException("cannot take it");
			}

			@Override
			public void failed(ConsulException error) {
				recorder.failed(error);
				throw new IllegalStateException("nor that");
			}

		});
		assertThat(List.of(recorder.next(), recorder.next())).containsExactly("[1] reset=false",
				"failed GET " + PATH + ": unreadable answer (cannot take it)");
		assertThat(List.of(recorder.next(), recorder.next())).containsExactly("failed GET " + PATH + ": 500 no leader",
				"[2] reset=false");
	}

	@Test
	void noMoreThan32QueriesWaitAndTheRestPolls() throws Exception {
		this.server.script((asked) -> asked.uri().contains("index=") ? waiting() : new Reply(200, 5, "[]"));
		BlockingQueries queries = queries();
		Queue<Recorder> recorders = new ArrayDeque<>();
		for (int i = 0; i < BlockingQueries.MAXIMUM + 3; i++) {
			recorders.add(watch(queries, "/v1/health/service/s" + i));
		}
		for (Recorder recorder : recorders) {
			assertThat(recorder.next()).isEqualTo("[] reset=false");
		}
		awaitAsked(2 * BlockingQueries.MAXIMUM + 3 + 3);
		assertThat(uris().stream().filter((uri) -> uri.contains("index=")).distinct()).hasSize(BlockingQueries.MAXIMUM);
	}

	@Test
	void aQueryThatWaitedInVainLeavesItsPlaceToAnother() {
		this.server.script((asked) -> {
			if (asked.uri().contains("index=")) {
				pause(1500);
			}
			return new Reply(200, 5, "[]");
		});
		BlockingQueries queries = queries();
		for (int i = 0; i <= BlockingQueries.MAXIMUM; i++) {
			watch(queries, "/v1/health/service/s" + i);
		}
		String last = "/v1/health/service/s" + BlockingQueries.MAXIMUM;
		Awaitility.await()
			.untilAsserted(
					() -> assertThat(uris("s" + BlockingQueries.MAXIMUM)).contains(last + "?index=5&wait=20000ms"));
	}

	@Test
	void noMoreThanEightAskAtOnceAtTheStart() throws Exception {
		AtomicInteger asking = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		this.server.script((asked) -> {
			if (asked.uri().contains("index=")) {
				return waiting();
			}
			most.accumulateAndGet(asking.incrementAndGet(), Math::max);
			pause(5);
			asking.decrementAndGet();
			return new Reply(200, 5, "[]");
		});
		BlockingQueries queries = queries();
		List<Recorder> recorders = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			recorders.add(watch(queries, "/v1/health/service/s" + i));
		}
		for (Recorder recorder : recorders) {
			assertThat(recorder.next()).isEqualTo("[] reset=false");
		}
		assertThat(most.get()).isBetween(2, 8);
	}

	@Test
	void onlyInstancesOfTheEnvironmentAreAskedFor() {
		this.server.script((asked) -> asked.uri().contains("index=") ? waiting() : new Reply(200, 5, "[]"));
		ConsulClient client = new ConsulClient(this.server.access(), new ConsulReachability(this.server.address()),
				this.scheduler);
		WatchSettings staging = new WatchSettings(Duration.ofSeconds(20), "staging");
		this.watches.add(new ConsulWatch(staging.health("orders"),
				new BlockingQueries(client, this.scheduler, staging, TimeSource.system()), new Recorder()));
		this.watches.get(0).start();
		awaitAsked(2);
		assertThat(uris()).containsExactly(PATH + "?tag=staging", PATH + "?tag=staging&index=5&wait=20000ms");
	}

	@Test
	void aClosedWatchAsksNoMore() throws Exception {
		this.replies.add(new Reply(200, 7, "[1]"));
		Recorder recorder = watch();
		recorder.next();
		awaitAsked(2);
		this.watches.get(0).close();
		this.release.countDown();
		assertThat(recorder.nothing()).isTrue();
		assertThat(uris()).hasSize(2);
		assertThat(this.reachability.isAway()).isFalse();
	}

	private Recorder watch() {
		return watch(queries(), PATH);
	}

	private Recorder watch(BlockingQueries queries, String path) {
		Recorder recorder = new Recorder();
		follow(queries, path, recorder);
		return recorder;
	}

	private void follow(BlockingQueries queries, String path, ConsulWatch.Observer observer) {
		ConsulWatch watch = new ConsulWatch(path, queries, observer);
		this.watches.add(watch);
		watch.start();
	}

	private BlockingQueries queries() {
		return queries(Duration.ofSeconds(20));
	}

	private BlockingQueries queries(Duration wait) {
		this.reachability = new ConsulReachability(this.server.address());
		ConsulClient client = new ConsulClient(this.server.access(), this.reachability, this.scheduler);
		return new BlockingQueries(client, this.scheduler, WatchSettings.of(wait), TimeSource.system());
	}

	private Reply nextOrWait(Asked asked) {
		Reply reply = this.replies.poll();
		return (reply != null) ? reply : waiting();
	}

	private Reply waiting() {
		pause(TimeUnit.SECONDS.toMillis(20));
		return new Reply(200, 100, "[]");
	}

	/** Up to the end of the test. */
	private void pause(long millis) {
		try {
			this.release.await(millis, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private List<String> uris() {
		return this.server.asked().stream().map(Asked::uri).toList();
	}

	private List<String> uris(String service) {
		return uris().stream().filter((uri) -> uri.replaceFirst("\\?.*", "").endsWith("/" + service)).toList();
	}

	private void awaitAsked(int count) {
		Awaitility.await().untilAsserted(() -> assertThat(this.server.asked()).hasSizeGreaterThanOrEqualTo(count));
	}

	private static final class Recorder implements ConsulWatch.Observer {

		private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

		@Override
		public void answered(JsonNode value, boolean reset) {
			this.seen.add(value + " reset=" + reset);
		}

		@Override
		public void failed(ConsulException error) {
			this.seen.add("failed " + error.getMessage());
		}

		String next() throws InterruptedException {
			return String.valueOf(this.seen.poll(10, TimeUnit.SECONDS));
		}

		boolean nothing() throws InterruptedException {
			return this.seen.poll(100, TimeUnit.MILLISECONDS) == null;
		}

	}

}
