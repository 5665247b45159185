// SPDX-License-Identifier: Apache-2.0

package io.governance.test.consul;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Certificates that Consul's own command makes, as PEM files.
 *
 * @param authority the authority that both sides trust
 * @param server the agent's certificate, for 127.0.0.1
 * @param serverKey the agent's private key
 * @param client the certificate of a client
 * @param clientKey the private key of a client
 */
public record ConsulCertificates(Path authority, Path server, Path serverKey, Path client, Path clientKey) {

	private static final long END_WITHIN_SECONDS = 30;

	/**
	 * Makes a new authority, and what it signs.
	 * @param directory where the files go; it must have none of them
	 * @return the files
	 * @throws IOException when the command cannot be run
	 * @throws IllegalStateException when it fails
	 */
	public static ConsulCertificates in(Path directory) throws IOException {
		run(directory, "ca", "create");
		run(directory, "cert", "create", "-server");
		run(directory, "cert", "create", "-client");
		return at(directory);
	}

	/** Those that were made there. */
	static ConsulCertificates at(Path directory) {
		return new ConsulCertificates(directory.resolve("consul-agent-ca.pem"),
				directory.resolve("dc1-server-consul-0.pem"), directory.resolve("dc1-server-consul-0-key.pem"),
				directory.resolve("dc1-client-consul-0.pem"), directory.resolve("dc1-client-consul-0-key.pem"));
	}

	private static void run(Path directory, String... arguments) throws IOException {
		List<String> command = new ArrayList<>(List.of(ConsulBinary.find().orElseThrow().toString(), "tls"));
		command.addAll(List.of(arguments));
		Process process = new ProcessBuilder(command).directory(directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		try {
			if (!process.waitFor(END_WITHIN_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
				throw new IllegalStateException(command + " failed");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
