// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.consul;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.governance.discovery.consul.ScriptedAgent.Reply;
import io.governance.time.TimeSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConsulCatalog}.
 */
class ConsulCatalogIntegrationTests {

	private static final Duration RECOVERY = Duration.ofSeconds(2);

	private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();

	private final BlockingQueue<Reply> replies = new ArrayBlockingQueue<>(10);

	private final List<List<String>> changes = new CopyOnWriteArrayList<>();

	private ScriptedAgent server;

	private ConsulCatalog catalog;

	@BeforeEach
	void start() throws Exception {
		this.server = new ScriptedAgent((asked) -> next());
		ConsulClient client = new ConsulClient(this.server.access(), new ConsulReachability(this.server.address()),
				this.scheduler);
		this.catalog = new ConsulInstanceSource(client, this.scheduler, WatchSettings.of(Duration.ofSeconds(20)),
				TimeSource.system())
			.catalog(RECOVERY);
		this.catalog.onChange(this.changes::add);
	}

	@AfterEach
	void stop() {
		this.scheduler.shutdownNow();
		this.server.close();
	}

	@Test
	void isNotFollowedBeforeTheFirstQuestion() {
		assertThat(this.server.asked()).isEmpty();
	}

	@Test
	void theFirstQuestionWaitsForTheFirstAnswerAndChangesAreTold() {
		this.replies.add(new Reply(200, 5, "{\"orders\": [], \"consul\": []}"));
		assertThat(this.catalog.firstServices(Duration.ofSeconds(5)).join()).containsExactly("consul", "orders");
		this.replies.add(new Reply(200, 6, "{\"consul\": []}"));
		Awaitility.await().untilAsserted(() -> assertThat(this.catalog.services()).containsExactly("consul"));
		assertThat(this.changes).containsExactly(List.of("consul", "orders"), List.of("consul"));
	}

	@Test
	void theNamesStayWhileTheAgentIsAwayAndForAWhileWhenItComesBackEmpty() {
		this.replies.add(new Reply(200, 5, "{\"orders\": [], \"inventory\": []}"));
		this.catalog.firstServices(Duration.ofSeconds(5)).join();
		this.replies.add(new Reply(500, 5, "no leader"));
		this.replies.add(new Reply(200, 2, "{}"));
		this.replies.add(new Reply(200, 3, "{\"orders\": []}"));
		Awaitility.await().until(() -> this.server.asked().size() >= 5);
		assertThat(this.changes).containsExactly(List.of("inventory", "orders"));
		Awaitility.await().untilAsserted(() -> assertThat(this.catalog.services()).containsExactly("orders"));
		assertThat(this.changes).containsExactly(List.of("inventory", "orders"), List.of("orders"));
	}

	@Test
	void anAgentThatIsAwayFromTheStartIsNotWaitedForLong() {
		this.server.close();
		assertThat(this.catalog.firstServices(Duration.ofSeconds(30)).orTimeout(5, TimeUnit.SECONDS).join()).isEmpty();
	}

	private Reply next() {
		try {
			Reply reply = this.replies.poll(20, TimeUnit.SECONDS);
			return (reply != null) ? reply : new Reply(200, 5, "{}");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return new Reply(500, 0, "");
		}
	}

}
