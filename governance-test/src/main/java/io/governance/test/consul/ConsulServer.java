// SPDX-License-Identifier: Apache-2.0

package io.governance.test.consul;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import io.governance.test.process.ServerProcess;

/**
 * One server of a cluster. It keeps its data on disk, so that it comes back as the one it
 * was.
 */
final class ConsulServer implements AutoCloseable {

	private static final int PORTS = 5;

	private static final int RPC = 3;

	private static final int GOSSIP = 4;

	private static final Duration POLL = Duration.ofMillis(50);

	private final ServerProcess process;

	private boolean running = true;

	private ConsulServer(ServerProcess process) {
		this.process = process;
	}

	/**
	 * Starts a server; the cluster has no leader before all have started.
	 * @param name its name in the cluster
	 * @param size how many there will be
	 * @param others those that are there already
	 */
	static ConsulServer start(String name, int size, List<ConsulServer> others) {
		String join = others.stream()
			.map((other) -> "\"127.0.0.1:" + other.process.ports().get(GOSSIP) + "\"")
			.collect(Collectors.joining(", "));
		return new ConsulServer(ServerProcess.start("consul-" + name, PORTS,
				(directory, ports) -> command(directory, json(name, size, join, directory, ports)), (ports) -> {
					ConsulHttp http = new ConsulHttp(uri(ports.get(0)));
					return () -> answers(http);
				}));
	}

	ConsulHttp http() {
		return new ConsulHttp(uri(port()));
	}

	int port() {
		return this.process.port();
	}

	/** Its address as the cluster names its leader. */
	String rpcAddress() {
		return "127.0.0.1:" + this.process.ports().get(RPC);
	}

	boolean isRunning() {
		return this.running;
	}

	void kill() {
		this.running = false;
		this.process.kill();
	}

	void stop() {
		this.running = false;
		this.process.stop();
	}

	void restart() {
		this.process.restart();
		this.running = true;
	}

	/** Lets a moment pass between two looks at the cluster. */
	void rest() {
		if (this.process.endsWithin(POLL) && this.running) {
			throw new IllegalStateException("ended by itself:\n" + this.process.lastWords());
		}
	}

	@Override
	public void close() {
		this.process.close();
	}

	private static boolean answers(ConsulHttp http) {
		try {
			return http.get("/v1/agent/self").status() == 200;
		}
		catch (UncheckedIOException ex) {
			return false;
		}
	}

	private static URI uri(int port) {
		return URI.create("http://127.0.0.1:" + port);
	}

	private static List<String> command(Path directory, String json) throws IOException {
		Path configuration = Files.writeString(directory.resolve("consul.json"), json);
		return List.of(ConsulBinary.find().orElseThrow().toString(), "agent", "-config-file=" + configuration);
	}

	private static String json(String name, int size, String join, Path directory, List<Integer> ports) {
		return """
				{"server": true, "bootstrap_expect": %d, "node_name": "%s", "data_dir": "%s",
				"bind_addr": "127.0.0.1", "advertise_addr": "127.0.0.1", "client_addr": "127.0.0.1",
				"retry_join": [%s], "retry_interval": "1s", "performance": {"raft_multiplier": 1},
				"disable_update_check": true, "leave_on_terminate": false,
				"ports": {"http": %d, "grpc": %d, "dns": %d, "server": %d, "serf_lan": %d, "serf_wan": -1}}
				""".formatted(size, name, directory.resolve("data"), join, ports.get(0), ports.get(1), ports.get(2),
				ports.get(RPC), ports.get(GOSSIP));
	}

}
