// SPDX-License-Identifier: Apache-2.0

package io.governance.test.registry;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.governance.test.Requirement;
import io.governance.test.process.ServerProcess;
import org.jspecify.annotations.Nullable;

/**
 * A real ZooKeeper of one server on a free port of the loopback address. Its jars are in
 * the directory {@code ZOOKEEPER_HOME}, or in the one that {@code scripts/test} has put
 * into the cache. It keeps its data over a restart.
 */
public final class RealZooKeeper implements AutoCloseable {

	private final ServerProcess process;

	private RealZooKeeper(ServerProcess process) {
		this.process = process;
	}

	/**
	 * What a test registers that needs a ZooKeeper.
	 * @return the requirement named {@code zookeeper}
	 */
	public static Requirement requirement() {
		return new Requirement("zookeeper", () -> find().isPresent() ? Optional.empty()
				: Optional.of("no ZooKeeper in ZOOKEEPER_HOME or in the cache; scripts/test installs one"));
	}

	/**
	 * Starts a server and waits until it answers.
	 * @return the server
	 * @throws IllegalStateException with its last words if it does not get ready
	 */
	public static RealZooKeeper start() {
		return new RealZooKeeper(ServerProcess.start("zookeeper", 1,
				(directory, ports) -> command(directory, ports.get(0)), (ports) -> () -> isOk(ports.get(0))));
	}

	private static List<String> command(Path directory, int port) throws IOException {
		Path configuration = Files.writeString(directory.resolve("zoo.cfg"), """
				tickTime=500
				dataDir=%s
				clientPort=%d
				clientPortAddress=127.0.0.1
				admin.enableServer=false
				4lw.commands.whitelist=ruok
				""".formatted(directory.resolve("data"), port));
		return List.of(System.getProperty("java.home") + "/bin/java", "-Xmx128m", "-XX:+UseSerialGC",
				"-XX:TieredStopAtLevel=1", "-Dzookeeper.forceSync=no", "-cp", find().orElseThrow() + "/*",
				"org.apache.zookeeper.server.quorum.QuorumPeerMain", configuration.toString());
	}

	/**
	 * Where clients connect to.
	 * @return for example {@code 127.0.0.1:39113}
	 */
	public String connectString() {
		return "127.0.0.1:" + this.process.port();
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

	@Override
	public void close() {
		this.process.close();
	}

	private static boolean isOk(int port) {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			socket.getOutputStream().write("ruok".getBytes(StandardCharsets.US_ASCII));
			return "imok".equals(new String(socket.getInputStream().readNBytes(4), StandardCharsets.US_ASCII));
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static Optional<Path> find() {
		@Nullable String named = System.getenv("ZOOKEEPER_HOME");
		return Optional.of((named != null && !named.isBlank()) ? Path.of(named)
				: ProgramCache.directory().resolve("zookeeper/usr/share/java"))
			.filter(RealZooKeeper::hasJars);
	}

	private static boolean hasJars(Path directory) {
		if (!Files.isDirectory(directory)) {
			return false;
		}
		try (Stream<Path> files = Files.list(directory)) {
			return files.anyMatch((file) -> file.getFileName().toString().matches("zookeeper.*\\.jar"));
		}
		catch (IOException ex) {
			return false;
		}
	}

}
