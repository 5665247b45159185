// SPDX-License-Identifier: Apache-2.0

package io.governance.test.registry;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

	private final ServerProcess process;

	private final Path data;

	private RealEtcd(ServerProcess process, Path data) {
		this.process = process;
		this.data = data;
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
		AtomicReference<Path> data = new AtomicReference<>();
		ServerProcess process = ServerProcess.start("etcd", 2, (directory, ports) -> {
			data.set(directory.resolve("data"));
			return command(data.get(), ports.get(0), ports.get(1));
		}, ServerHttp.ready("/health"));
		return new RealEtcd(process, data.get());
	}

	private static List<String> command(Path data, int client, int peer) {
		String clients = "http://127.0.0.1:" + client;
		String peers = "http://127.0.0.1:" + peer;
		return List.of(find().orElseThrow().toString(), "--name", "test", "--data-dir",
				data.toString(), "--listen-client-urls", clients, "--advertise-client-urls",
				clients, "--listen-peer-urls", peers, "--initial-advertise-peer-urls", peers, "--initial-cluster",
				"test=" + peers, "--unsafe-no-fsync");
	}

	/**
	 * Where clients connect to.
	 * @return for example {@code http://127.0.0.1:39113}
	 */
	public String endpoint() {
		return "http://127.0.0.1:" + this.process.port();
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
