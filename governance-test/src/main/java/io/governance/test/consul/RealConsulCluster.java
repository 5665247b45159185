// SPDX-License-Identifier: Apache-2.0

package io.governance.test.consul;

import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.governance.test.Requirement;
import io.governance.time.TimeSource;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Three real Consul servers that form a cluster on the loopback address, each a process
 * of its own that can be killed and started again. Register it as a static extension; it
 * runs while the class runs:
 *
 * <pre>{@code
 * &#64;RegisterExtension
 * static final RealConsulCluster consul = RealConsulCluster.ofThree();
 * }</pre>
 *
 * Where there is no {@code consul} command the tests are skipped, or fail if
 * {@code GOVERNANCE_REQUIRE} names {@code consul}. For one thread.
 */
public final class RealConsulCluster implements ExecutionCondition, BeforeAllCallback, AfterAllCallback {

	private static final int SIZE = 3;

	private static final Duration LEADER_WITHIN = Duration.ofSeconds(30);

	private static final int NOBODY = -1;

	private final Requirement requirement = ConsulBinary.requirement();

	private final List<ConsulServer> servers = new ArrayList<>();

	private RealConsulCluster() {
	}

	/**
	 * A cluster that everyone may use.
	 * @return the extension
	 */
	public static RealConsulCluster ofThree() {
		return new RealConsulCluster();
	}

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		return this.requirement.evaluateExecutionCondition(context);
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		this.requirement.beforeAll(context);
		if (this.requirement.isMet()) {
			for (int server = 0; server < SIZE; server++) {
				this.servers.add(ConsulServer.start("server-" + server, SIZE, this.servers));
			}
			awaitComplete();
		}
	}

	@Override
	public void afterAll(ExtensionContext context) {
		this.servers.forEach(ConsulServer::close);
	}

	/**
	 * A server's address.
	 * @param server 0 to 2
	 * @return for example {@code http://127.0.0.1:39113}
	 */
	public URI uri(int server) {
		return URI.create("http://127.0.0.1:" + port(server));
	}

	/**
	 * A server's HTTP port.
	 * @param server 0 to 2
	 * @return the port, the same after a restart
	 */
	public int port(int server) {
		return this.servers.get(server).port();
	}

	/**
	 * A client of a server.
	 * @param server 0 to 2
	 * @return the client
	 */
	public ConsulHttp http(int server) {
		return this.servers.get(server).http();
	}

	/**
	 * Waits until a running server leads.
	 * @return the leader, 0 to 2
	 * @throws IllegalStateException when there is none within 30 s
	 */
	public int leader() {
		long begin = TimeSource.system().nanoTime();
		while (TimeSource.system().nanoTime() - begin < LEADER_WITHIN.toNanos()) {
			int leader = namedByAll();
			if (leader != NOBODY) {
				return leader;
			}
			running().get(0).rest();
		}
		throw new IllegalStateException("leader: none within " + LEADER_WITHIN);
	}

	/**
	 * The running servers that do not lead.
	 * @return their numbers
	 */
	public List<Integer> followers() {
		int leader = leader();
		return IntStream.range(0, SIZE)
			.filter((server) -> server != leader && this.servers.get(server).isRunning())
			.boxed()
			.toList();
	}

	/**
	 * Ends a server as an accident would.
	 * @param server 0 to 2
	 */
	public void kill(int server) {
		this.servers.get(server).kill();
	}

	/**
	 * Ends a server as an administrator would.
	 * @param server 0 to 2
	 */
	public void stop(int server) {
		this.servers.get(server).stop();
	}

	/**
	 * Starts a server again with its data, and waits until the cluster has all servers
	 * again that run.
	 * @param server 0 to 2
	 */
	public void start(int server) {
		this.servers.get(server).restart();
		awaitComplete();
	}

	private void awaitComplete() {
		leader();
		int count = running().size();
		running().forEach((server) -> server.http()
			.await("/v1/health/service/consul?passing", (instances) -> instances.size() == count));
	}

	private int namedByAll() {
		List<Integer> named = running().stream().map(this::namedBy).distinct().toList();
		return (named.size() == 1) ? named.get(0) : NOBODY;
	}

	private int namedBy(ConsulServer server) {
		try {
			String address = server.http().get("/v1/status/leader").text().replace("\"", "");
			return IntStream.range(0, SIZE)
				.filter((number) -> this.servers.get(number).rpcAddress().equals(address)
						&& this.servers.get(number).isRunning())
				.findFirst()
				.orElse(NOBODY);
		}
		catch (UncheckedIOException ex) {
			return NOBODY;
		}
	}

	private List<ConsulServer> running() {
		return this.servers.stream().filter(ConsulServer::isRunning).toList();
	}

}
