// SPDX-License-Identifier: Apache-2.0

package io.governance.test.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.governance.test.Reply;
import io.governance.test.conformance.Contract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How every load-balanced HTTP client chooses among the instances of a service, and what
 * it makes of their answers. Extend it, and start an application with the client.
 */
@Contract
public abstract class SelectionContract {

	private static final List<String> EJECTIONS = List.of("outlier-detection.quick.match.service=inventory",
			"outlier-detection.quick.consecutive-errors=3", "outlier-detection.quick.interval=200ms",
			"outlier-detection.quick.base-ejection-time=2s", "load-balancing.turns.match.service=inventory",
			"load-balancing.turns.algorithm=round-robin");

	private final List<AutoCloseable> started = new ArrayList<>();

	/**
	 * Starts an application with the client under test. It must not try calls again, and
	 * wait for an answer for {@link SelectionClient#TIMEOUT}.
	 * @param properties the properties of the application: rules, and instances for
	 * Spring Cloud's simple discovery client
	 * @return the client
	 */
	protected abstract SelectionClient client(List<String> properties);

	@AfterEach
	final void stop() throws Exception {
		for (AutoCloseable each : this.started) {
			each.close();
		}
	}

	private SelectionClient client(SelectionServers servers, List<String> rules) {
		this.started.add(servers);
		List<String> properties = new ArrayList<>(servers.properties());
		rules.forEach((rule) -> properties.add("governance.rules." + rule));
		SelectionClient client = client(properties);
		this.started.add(0, client);
		servers.warmUp(client);
		return client;
	}

	@Test
	void aHeaderDecidesWhichInstancesGetTheCall() {
		SelectionServers servers = new SelectionServers(3).metadata(1, "version", "1")
			.metadata(2, "version", "1")
			.metadata(3, "version", "2");
		SelectionClient client = client(servers,
				List.of("route.canary.match.service=inventory", "route.canary.match.headers.x-user-group=tester",
						"route.canary.to[0].subset.version=2", "route.stable.match.service=inventory",
						"route.stable.to[0].subset.version=1"));
		// which of the two is for load balancing to say
		assertThat(servers.answers(client, 20, Map.of())).isSubsetOf("1", "2");
		assertThat(servers.answers(client, 10, Map.of("x-user-group", "tester"))).containsOnly("3");
	}

	@Test
	void aRouteChangesTheHeadersOfTheRequest() {
		SelectionServers servers = new SelectionServers(1);
		SelectionClient client = client(servers,
				List.of("route.marked.match.service=inventory", "route.marked.to[0].weight=1",
						"route.marked.request-headers.add.x-added=yes",
						"route.marked.request-headers.remove[0]=X-Removed"));
		servers.answers(client, 1, Map.of("x-removed", "1", "x-added", "no", "x-kept", "1"));
		assertThat(servers.server(1).requests()).last().satisfies((request) -> {
			assertThat(request.header("x-added")).isEqualTo("yes");
			assertThat(request.header("x-removed")).isNull();
			assertThat(request.header("x-kept")).isEqualTo("1");
		});
	}

	@Test
	void callsOfOneKeyGoToOneSubset() {
		assertSticky("header:x-user-id", "x-user-id", "");
	}

	@Test
	void callsOfOneCookieGoToOneSubset() {
		assertSticky("cookie:session", "Cookie", "session=");
	}

	private void assertSticky(String key, String header, String prefix) {
		SelectionServers servers = new SelectionServers(2).metadata(1, "version", "1").metadata(2, "version", "2");
		SelectionClient client = client(servers,
				List.of("route.split.match.service=inventory", "route.split.to[0].subset.version=1",
						"route.split.to[1].subset.version=2", "route.split.sticky-by=" + key));
		Set<String> all = new HashSet<>();
		for (int user = 0; user < 12; user++) {
			Set<String> taken = servers.answers(client, 4, Map.of(header, prefix + "user-" + user));
			assertThat(taken).hasSize(1);
			all.addAll(taken);
		}
		assertThat(all).hasSize(2);
	}

	@Test
	void aCallThatFindsItsSubsetEmptyIsRejectedIfTheRuleSaysSo() {
		SelectionServers servers = new SelectionServers(1);
		SelectionClient client = client(servers, List.of("route.canary.match.service=inventory",
				"route.canary.to[0].subset.version=2", "route.canary.on-empty=fail"));
		assertThat(client.get(Map.of(), Map.of()).status()).isEqualTo(503);
		assertThat(servers.server(1).requests()).isEmpty();
	}

	@Test
	void aCallGoesToItsLane() {
		SelectionServers servers = new SelectionServers(2).metadata(2, "lane", "blue");
		SelectionClient client = client(servers, List.of());
		for (int i = 0; i < 5; i++) {
			assertThat(client.get(Map.of(), Map.of("lane", "blue")).body()).isEqualTo("2");
			assertThat(client.get(Map.of(), Map.of("lane", "green")).body()).isEqualTo("1");
			assertThat(client.get(Map.of(), Map.of()).body()).isEqualTo("1");
		}
	}

	@Test
	void anInstanceThatAnswersWithErrorsIsLeftOutUntilItIsWell() {
		SelectionServers servers = new SelectionServers(3);
		SelectionClient client = client(servers, EJECTIONS);
		servers.server(2).otherwise(Reply.status(500));
		servers.assertLeftOut(client, 2);
		servers.isWell(2);
		servers.awaitBack(client, 2, Duration.ofSeconds(20));
	}

	@Test
	void anInstanceThatDoesNotAnswerIsLeftOutUntilItIsWell() {
		SelectionServers servers = new SelectionServers(3);
		SelectionClient client = client(servers, EJECTIONS);
		servers.server(3).otherwise(Reply.hang());
		servers.assertLeftOut(client, 3);
		servers.isWell(3);
		servers.awaitBack(client, 3, Duration.ofSeconds(20));
	}

	@Test
	void anInstanceThatBreaksItsAnswersOffIsLeftOut() {
		SelectionServers servers = new SelectionServers(3);
		SelectionClient client = client(servers, EJECTIONS);
		servers.server(1).otherwise(Reply.broken(200));
		servers.assertLeftOut(client, 1);
	}

	@Test
	void anInstanceThatRefusesConnectionsIsLeftOutAtOnce() {
		SelectionServers servers = new SelectionServers(3);
		SelectionClient client = client(servers, List.of());
		servers.server(2).close();
		assertThat(Stream.generate(() -> client.get(Map.of(), Map.of())).limit(40))
			.filteredOn((answer) -> answer.status() != 200)
			.as("calls that found it out: by a connection that was kept, and by a new one")
			.hasSizeLessThanOrEqualTo(2);
	}

	@Test
	void whenAllAnswerWithErrorsAllAreCalled() {
		SelectionServers servers = new SelectionServers(3);
		List<String> rules = new ArrayList<>(EJECTIONS);
		rules.add("outlier-detection.quick.max-ejected=100");
		SelectionClient client = client(servers, rules);
		for (int number = 1; number <= 3; number++) {
			servers.server(number).otherwise(Reply.status(500).body(String.valueOf(number)));
		}
		servers.answers(client, 60, Map.of());
		for (int number = 1; number <= 3; number++) {
			int before = servers.server(number).requests().size();
			servers.answers(client, 30, Map.of());
			assertThat(servers.server(number).requests().size()).isGreaterThan(before);
		}
	}

	@Test
	void whatAnInstanceDidNotProcessDoesNotCountAgainstIt() {
		SelectionServers servers = new SelectionServers(2);
		SelectionClient client = client(servers, EJECTIONS);
		servers.server(1).otherwise(Reply.status(503).header("x-governance-not-processed", "true"));
		servers.answers(client, 20, Map.of());
		servers.isWell(1);
		assertThat(servers.answers(client, 4, Map.of())).containsOnly("1", "2");
	}

	@Test
	protected void callsThatTheCallerGivesUpDoNotCountAgainstTheInstance() {
		SelectionServers servers = new SelectionServers(2);
		SelectionClient client = client(servers, EJECTIONS);
		servers.server(1).otherwise(Reply.hang());
		servers.server(2).otherwise(Reply.hang());
		for (int i = 0; i < 8; i++) {
			int before = servers.requests();
			client.giveUp(() -> servers.awaitRequests(before + 1));
		}
		servers.isWell(1);
		servers.isWell(2);
		assertThat(servers.answers(client, 4, Map.of())).containsOnly("1", "2");
	}

}
