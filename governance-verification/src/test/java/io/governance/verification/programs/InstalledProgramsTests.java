// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.programs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.governance.verification.SourceTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code scripts/lib/*.sh} leave in the cache, with stubs of the programs that
 * download and unpack. All callers ask by {@code if} or {@code &&}, where {@code set -e}
 * has no effect.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "programs are installed from Debian's archive only")
class InstalledProgramsTests {

	private static final List<String> TOOLS = List.of("awk", "bash", "cat", "chmod", "cp", "dirname", "env", "flock",
			"ln", "mkdir", "mktemp", "mv", "perl", "readlink", "rm", "sed", "sh");

	/** Unpacks what its test calls for, as Debian's does: {@code dpkg -x FILE ROOT}. */
	private static final String UNPACK = """
			mkdir -p "$3/usr/bin" && printf '#!/bin/sh\\n%s\\n' >"$3/usr/bin/redis-server" && chmod 755 "$3/usr/bin/redis-server"
			""";

	@TempDir
	Path directory;

	@ParameterizedTest
	@ValueSource(strings = { "consul", "etcd", "prometheus", "redis", "zipkin", "zookeeper" })
	void aDownloadThatFailsIsAFailureAndLeavesNothing(String program) throws Exception {
		stub("apt-get", "exit 100");
		stub("dpkg", "exit 0");
		stub("mvn", "exit 1");
		assertThat(run("""
				. scripts/lib/%1$s.sh
				if found=$(governance_install_%1$s); then echo "found $found"; else echo none; fi
				! governance_install_%1$s && echo none
				governance_find_%1$s || echo none
				""".formatted(program))).isEqualTo("none\nnone\nnone\n");
		assertThat(placed()).isEmpty();
	}

	@Test
	void aProgramThatDoesNotRunIsNotPlaced() throws Exception {
		stub("apt-get", "[ \"$PWD\" = \"${PWD%/download}\" ] || : >redis.deb");
		stub("dpkg", UNPACK.formatted("exit 127"));
		assertThat(run("""
				. scripts/lib/redis.sh
				if governance_strictly redis governance_debian_unpack http://archive redis bookworm redis-server; then
				  echo placed
				fi
				governance_find_redis || echo none
				""")).isEqualTo("none\n");
		assertThat(placed()).isEmpty();
	}

	@Test
	void ofTwoAtATimeOneInstallsAndReplacesWhatDoesNotRun() throws Exception {
		stub("apt-get", "[ \"$PWD\" = \"${PWD%/download}\" ] || : >redis.deb");
		stub("dpkg", "echo unpacked >>\"$XDG_CACHE_HOME/log\"\n" + UNPACK.formatted("exit 0"));
		Files.createDirectories(cache().resolve("redis/bin/redis-server"));
		assertThat(
				run("""
						. scripts/lib/redis.sh
						place() {
						  governance_strictly redis governance_debian_unpack http://archive redis bookworm redis-server && governance_find_redis
						}
						place & place & wait
						"""))
			.isEqualTo((cache().resolve("redis/bin/redis-server") + "\n").repeat(2));
		assertThat(this.directory.resolve("cache/log")).hasContent("unpacked");
		assertThat(placed()).containsExactly("redis");
	}

	private Path cache() {
		return this.directory.resolve("cache/governance");
	}

	/** All but locks and empty directories. */
	private List<String> placed() throws IOException {
		try (Stream<Path> files = Files.list(cache())) {
			return files.filter((file) -> !Files.isDirectory(file) || !isEmpty(file))
				.map((file) -> file.getFileName().toString())
				.filter((name) -> !name.endsWith(".lock"))
				.toList();
		}
	}

	private static boolean isEmpty(Path directory) {
		String[] names = directory.toFile().list();
		return names == null || names.length == 0;
	}

	private void stub(String name, String body) throws IOException {
		Path file = Files.createDirectories(this.directory.resolve("bin")).resolve(name);
		Files.writeString(file, "#!/bin/sh\n" + body + "\n");
		assertThat(file.toFile().setExecutable(true)).isTrue();
	}

	/** Runs a script that finds no more than stubs and the tools of a bare machine. */
	private String run(String script) throws Exception {
		Files.createDirectories(cache());
		for (String tool : TOOLS) {
			Path found = Stream.of("/usr/bin", "/bin")
				.map((place) -> Path.of(place, tool))
				.filter(Files::isExecutable)
				.findFirst()
				.orElseThrow(() -> new IllegalStateException(tool + ": not found"));
			Files.createSymbolicLink(Files.createDirectories(this.directory.resolve("bin")).resolve(tool), found);
		}
		ProcessBuilder builder = new ProcessBuilder(this.directory.resolve("bin/bash").toString(), "-c",
				"set -euo pipefail\n" + script)
			.directory(SourceTree.find().root().toFile())
			.redirectError(ProcessBuilder.Redirect.DISCARD);
		builder.environment().clear();
		builder.environment()
			.putAll(Map.of("PATH", this.directory.resolve("bin").toString(), "HOME", this.directory.toString(),
					"XDG_CACHE_HOME", this.directory.resolve("cache").toString()));
		Process process = builder.start();
		String output = new String(process.getInputStream().readAllBytes());
		assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
		return output;
	}

}
