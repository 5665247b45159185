// SPDX-License-Identifier: Apache-2.0

package io.governance.test.registry;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.governance.test.Requirement;
import io.governance.test.process.ServerHttp;
import io.governance.test.process.ServerProcess;
import org.jspecify.annotations.Nullable;

import org.springframework.util.FileSystemUtils;

/**
 * A real etcd of one member on free ports of the loopback address, without users. The
 * command is {@code ETCD_BIN}, {@code etcd} on the path, or the one that
 * {@code scripts/test} has put into the cache. It keeps its data over a restart.
 */
public final class RealEtcd implements AutoCloseable {

	private static final String COMMAND = "etcd";

	private static final int PORTS = 3;

	/** Answers without TLS whether the server is ready. */
	private static final int HEALTH = 0;

	private static final int PEERS = 1;

	private static final int CLIENTS = 2;

	private final ServerProcess process;

	private final Path data;

	private final String scheme;

	private RealEtcd(ServerProcess process, Path data, String scheme) {
		this.process = process;
		this.data = data;
		this.scheme = scheme;
	}

	/**
	 * What a test registers that needs an etcd.
	 * @return the requirement named {@code etcd}
	 */
	public static Requirement requirement() {
		return new Requirement("etcd", () -> find().isPresent() ? Optional.empty()
				: Optional.of("no etcd in ETCD_BIN, on the PATH or in the cache; scripts/test installs one"));
	}

	/**
	 * Starts a server and waits until it answers.
	 * @return the server
	 * @throws IllegalStateException with its last words if it does not get ready
	 */
	public static RealEtcd start() {
		return start("http", List.of());
	}

	/**
	 * Starts a server that speaks TLS with clients, and waits until it answers.
	 * @param certificate a PEM file with the certificate it shows
	 * @param key a PEM file with the key of the certificate
	 * @return the server
	 * @throws IllegalStateException with its last words if it does not get ready
	 */
	public static RealEtcd startWithTls(Path certificate, Path key) {
		return start("https", List.of("--cert-file", certificate.toString(), "--key-file", key.toString()));
	}

	private static RealEtcd start(String scheme, List<String> more) {
		AtomicReference<Path> data = new AtomicReference<>();
		ServerProcess process = ServerProcess.start("etcd", PORTS, (directory, ports) -> {
			Path own = directory.resolve("data");
			data.set(own);
			return Stream.concat(command(own, scheme, ports), more.stream()).toList();
		}, ServerHttp.ready("/health"));
		return new RealEtcd(process, Objects.requireNonNull(data.get()), scheme);
	}

	private static Stream<String> command(Path data, String scheme, List<Integer> ports) {
		String clients = scheme + "://127.0.0.1:" + ports.get(CLIENTS);
		String peers = "http://127.0.0.1:" + ports.get(PEERS);
		return Stream.of(find().orElseThrow().toString(), "--name", "test", "--data-dir", data.toString(),
				"--listen-client-urls", clients, "--advertise-client-urls", clients, "--listen-peer-urls", peers,
				"--initial-advertise-peer-urls", peers, "--initial-cluster", "test=" + peers, "--listen-metrics-urls",
				"http://127.0.0.1:" + ports.get(HEALTH), "--unsafe-no-fsync");
	}

	/**
	 * Where clients connect to.
	 * @return for example {@code http://127.0.0.1:39113}
	 */
	public String endpoint() {
		return this.scheme + "://127.0.0.1:" + this.process.ports().get(CLIENTS);
	}

	/**
	 * Ends the server as an accident would.
	 */
	public void kill() {
		this.process.kill();
	}

	/**
	 * Starts the server again, with its data, at the same address; returns when it is
	 * ready.
	 */
	public void restart() {
		this.process.restart();
	}

	/**
	 * Starts the server again, after a kill, without its data, at the same address;
	 * returns when it is ready.
	 */
	public void restartEmpty() {
		try {
			FileSystemUtils.deleteRecursively(this.data);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.process.restart();
	}

	/**
	 * Has the server hang: its port takes connections, and nothing is answered.
	 */
	public void hang() {
		this.process.signal("STOP");
	}

	/**
	 * Has a hung server go on.
	 */
	public void goOn() {
		this.process.signal("CONT");
	}

	@Override
	public void close() {
		this.process.close();
	}

	private static Optional<Path> find() {
		@Nullable String named = System.getenv("ETCD_BIN");
		Stream<Path> candidates = (named != null && !named.isBlank()) ? Stream.of(Path.of(named))
				: Stream.concat(Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
					.map((directory) -> Path.of(directory, COMMAND)), Stream.of(cached()));
		return candidates.filter(Files::isExecutable).findFirst();
	}

	private static Path cached() {
		return ProgramCache.directory().resolve("etcd/usr/bin").resolve(COMMAND);
	}

}
