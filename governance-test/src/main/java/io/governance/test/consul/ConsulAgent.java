// SPDX-License-Identifier: Apache-2.0

package io.governance.test.consul;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.governance.test.process.ServerProcess;
import org.jspecify.annotations.Nullable;

/**
 * How a Consul agent of its own is started.
 */
final class ConsulAgent {

	/** Which of its ports is that of DNS. */
	static final int DNS = 2;

	/** Where the port for TLS is among its ports. */
	static final int TLS = 5;

	private static final int PORTS = 6;

	private ConsulAgent() {
	}

	/**
	 * Starts an agent and waits until it can be used.
	 * @param token what everyone must show; {@code null} for an agent without ACLs
	 * @param tls whether it speaks TLS too, on a port of its own
	 * @param dnsTtlSeconds how long its answers to DNS questions live
	 */
	static ServerProcess start(@Nullable String token, boolean tls, int dnsTtlSeconds) {
		return ServerProcess.start("consul", PORTS, (directory, ports) -> {
			String more = acl(token) + (tls ? tls(ConsulCertificates.in(directory)) : "") + dns(dnsTtlSeconds);
			return command(directory, json(ports, more, tls ? ports.get(TLS) : -1));
		}, (ports) -> {
			ConsulHttp http = new ConsulHttp(URI.create("http://127.0.0.1:" + ports.get(0)), token);
			return () -> isReady(http);
		});
	}

	private static List<String> command(Path directory, String json) throws IOException {
		Path configuration = Files.writeString(directory.resolve("consul.json"), json);
		return List.of(ConsulBinary.find().orElseThrow().toString(), "agent", "-dev", "-node=test-node",
				"-bind=127.0.0.1", "-client=127.0.0.1", "-config-file=" + configuration);
	}

	/** The node must be in the catalog too: that comes a moment after the leader. */
	private static boolean isReady(ConsulHttp http) {
		try {
			return http.get("/v1/status/leader").text().length() > 2
					&& http.get("/v1/health/service/consul?passing").text().contains("serfHealth");
		}
		catch (UncheckedIOException ex) {
			return false;
		}
	}

	private static String acl(@Nullable String token) {
		return (token == null) ? "" : """
				"acl": {"enabled": true, "default_policy": "deny",
				"tokens": {"master": "%1$s", "agent": "%1$s"}},
				""".formatted(token);
	}

	private static String tls(ConsulCertificates certificates) {
		return """
				"ca_file": "%s", "cert_file": "%s", "key_file": "%s", "verify_incoming_https": true,
				""".formatted(certificates.authority(), certificates.server(), certificates.serverKey());
	}

	private static String dns(int ttlSeconds) {
		return """
				"dns_config": {"node_ttl": "%1$ds", "service_ttl": {"*": "%1$ds"}},
				""".formatted(ttlSeconds);
	}

	private static String json(List<Integer> ports, String more, int https) {
		return """
				{%s "disable_update_check": true, "ports": {"https": %d,
				"http": %d, "grpc": %d, "dns": %d, "server": %d, "serf_lan": %d, "serf_wan": -1}}
				""".formatted(more, https, ports.get(0), ports.get(1), ports.get(DNS), ports.get(3), ports.get(4));
	}

}
