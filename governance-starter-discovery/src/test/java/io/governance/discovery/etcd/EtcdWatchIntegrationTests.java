// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.etcd;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.etcd.jetcd.KeyValue;
import io.governance.discovery.RecordedListings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EtcdWatch} with a real etcd. What etcd says waits until the test takes
 * it in.
 */
class EtcdWatchIntegrationTests extends AbstractEtcdIntegrationTests {

	private final RecordedListings said = new RecordedListings();

	private final Steps steps = new Steps();

	private EtcdConnection connection;

	private EtcdWatch watch;

	@BeforeEach
	void connect() {
		this.connection = new EtcdConnection(new EtcdSettings(List.of(URI.create(this.etcd.endpoint())), null, null,
				"/governance/services/", Duration.ofSeconds(5), null, null));
		this.watch = new EtcdWatch("inventory", this.connection, this.said, this.steps);
	}

	@AfterEach
	void disconnect() {
		this.connection.close();
		this.steps.shutdownNow();
	}

	@Test
	void historyThatIsGoneBeforeItIsWatchedBeginsANewListAtOnce() throws Exception {
		put("a", 1);
		this.watch.start();
		this.steps.runOne();
		this.steps.awaitNext();
		// after the list, and before the watch of all that came after it
		put("b", 2);
		put("b", 3);
		put("c", 4);
		compact();
		this.steps.runUntilListed(1);
		assertThat(this.said.lastIds()).containsExactly("a");
		this.steps.runUntilListed(2);
		assertThat(this.said.lastIds()).containsExactly("a", "b", "c");
		assertThat(this.said.last().reset()).as("nothing was lost but history").isFalse();
		assertThat(this.steps.rests).as("no rest before the new list").allMatch((rest) -> rest >= 45_000);
		assertThat(this.connection.isAway()).isFalse();
		put("d", 5);
		this.steps.runUntilListed(3);
		assertThat(this.said.lastIds()).containsExactly("a", "b", "c", "d");
	}

	private void put(String id, int port) throws Exception {
		put(id, "{\"host\": \"127.0.0.1\", \"port\": " + port + "}", 0);
	}

	private void compact() throws Exception {
		long newest = entries().stream().mapToLong(KeyValue::getModRevision).max().orElseThrow();
		this.client.getKVClient().compact(newest).get();
	}

	/** Runs what is due when the test says so, and nothing that is due later. */
	private final class Steps extends ScheduledThreadPoolExecutor {

		private final BlockingQueue<Runnable> due = new LinkedBlockingQueue<>();

		private final List<Long> rests = new CopyOnWriteArrayList<>();

		Steps() {
			super(0);
		}

		@Override
		public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
			if (delay == 0) {
				this.due.add(task);
			}
			else {
				this.rests.add(unit.toMillis(delay));
			}
			return null;
		}

		void runOne() throws InterruptedException {
			Runnable step = this.due.poll(20, TimeUnit.SECONDS);
			assertThat(step).as("a step within 20 s").isNotNull();
			step.run();
		}

		void awaitNext() {
			await(() -> assertThat(this.due).isNotEmpty());
		}

		void runUntilListed(int listings) throws InterruptedException {
			while (EtcdWatchIntegrationTests.this.said.all().size() < listings) {
				runOne();
			}
		}

	}

}
