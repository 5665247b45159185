// SPDX-License-Identifier: Apache-2.0

package io.governance.test.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.governance.test.Requirement;
import io.governance.test.process.ServerProcess;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL on a free port of the loopback address, with a new empty database,
 * where everyone is trusted. The commands are those in {@code POSTGRES_HOME}, or else the
 * newest of Debian's packages. It refuses to run as root, who therefore runs it as the
 * user {@code postgres}.
 */
public final class RealPostgres implements AutoCloseable {

	private static final String USER = "postgres";

	private static final Path PACKAGES = Path.of("/usr/lib/postgresql");

	private final ServerProcess process;

	private RealPostgres(ServerProcess process) {
		this.process = process;
	}

	/**
	 * What a test registers that needs a PostgreSQL.
	 * @return the requirement named {@code postgres}
	 */
	public static Requirement requirement() {
		return new Requirement("postgres", () -> home().isPresent() ? Optional.empty()
				: Optional.of("no PostgreSQL in POSTGRES_HOME or " + PACKAGES + "; scripts/test installs one"));
	}

	/**
	 * Makes a database, starts its server and waits until it answers.
	 * @return the server
	 * @throws IllegalStateException if it does not get ready
	 */
	public static RealPostgres start() {
		Path home = home().orElseThrow();
		String ready = home.resolve("pg_isready").toString();
		return new RealPostgres(ServerProcess.start("postgres", 1,
				(directory, ports) -> prepare(home, directory, ports), (ports) -> () -> ServerProcess
					.run(List.of(ready, "-h", "127.0.0.1", "-p", String.valueOf(ports.get(0))))));
	}

	private static List<String> prepare(Path home, Path directory, List<Integer> ports) throws IOException {
		Path files = Files.createDirectory(directory.resolve("files"));
		if (isRoot()) {
			UserPrincipal owner = directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER);
			Files.setOwner(directory, owner);
			Files.setOwner(files, owner);
		}
		if (!ServerProcess.run(asUser(home.resolve("initdb"), "-D", files.toString(), "-U", USER, "-A", "trust",
				"--no-locale", "-E", "UTF8", "-N"))) {
			throw new IllegalStateException("initdb failed in " + files);
		}
		return asUser(home.resolve("postgres"), "-D", files.toString(), "-p", String.valueOf(ports.get(0)), "-h",
				"127.0.0.1", "-c", "unix_socket_directories=", "-F");
	}

	/**
	 * Its address for JDBC, with the user that may do everything.
	 * @return for example
	 * {@code jdbc:postgresql://127.0.0.1:39113/postgres?user=postgres}
	 */
	public String jdbcUrl() {
		return "jdbc:postgresql://127.0.0.1:" + this.process.port() + "/postgres?user=" + USER;
	}

	@Override
	public void close() {
		// killed it would leave its children a moment longer than its files
		this.process.stop();
		this.process.close();
	}

	private static List<String> asUser(Path command, String... arguments) {
		List<String> words = new ArrayList<>(isRoot()
				? List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups", "--") : List.of());
		words.add(command.toString());
		words.addAll(List.of(arguments));
		return words;
	}

	private static boolean isRoot() {
		return "root".equals(System.getProperty("user.name"));
	}

	private static Optional<Path> home() {
		@Nullable String named = System.getenv("POSTGRES_HOME");
		if (named != null && !named.isBlank()) {
			return Optional.of(Path.of(named)).filter(RealPostgres::isHome);
		}
		if (!Files.isDirectory(PACKAGES)) {
			return Optional.empty();
		}
		try (Stream<Path> versions = Files.list(PACKAGES)) {
			return versions.filter((version) -> version.getFileName().toString().matches("\\d+(\\.\\d+)?"))
				.sorted(Comparator.comparingDouble(RealPostgres::number).reversed())
				.map((version) -> version.resolve("bin"))
				.filter(RealPostgres::isHome)
				.findFirst();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static double number(Path version) {
		return Double.parseDouble(version.getFileName().toString());
	}

	private static boolean isHome(Path directory) {
		return Files.isExecutable(directory.resolve("initdb")) && Files.isExecutable(directory.resolve("postgres"));
	}

}
