// SPDX-License-Identifier: Apache-2.0

package io.governance.configserver.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.atomic.AtomicInteger;

import io.governance.time.TimeSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ConfigDirectoryTests {

	@TempDir
	Path root;

	private final AtomicInteger changes = new AtomicInteger();

	private Path directory;

	private ConfigDirectory config;

	@BeforeEach
	void createDirectory() throws IOException {
		this.directory = Files.createDirectory(this.root.resolve("config"));
		this.config = new ConfigDirectory(this.directory, 1000, TimeSource.system());
		this.config.addListener(this.changes::incrementAndGet);
	}

	@Test
	void theFirstScanTakesWhatIsThere() throws IOException {
		write("orders.yml", "a: 1");
		this.config.scan();
		assertThat(this.config.state().fault()).isNull();
		assertThat(this.config.state().snapshot().files()).containsOnlyKeys("orders.yml");
	}

	@Test
	void aFileIsTakenWhenItHasKeptStillForOneScan() throws IOException {
		this.config.scan();
		write("orders.yml", "a: [");
		this.config.scan();
		assertThat(this.config.state().snapshot().files()).isEmpty();
		write("orders.yml", "a: [1]");
		this.config.scan();
		assertThat(this.config.state().snapshot().files()).isEmpty();
		this.config.scan();
		assertThat(this.config.state().snapshot().files()).containsOnlyKeys("orders.yml");
		assertThat(this.config.state().snapshot().files().get("orders.yml").fault()).isNull();
	}

	@Test
	void aRemovedFileIsGone() throws IOException {
		write("orders.yml", "a: 1");
		this.config.scan();
		Files.delete(this.directory.resolve("orders.yml"));
		this.config.scan();
		this.config.scan();
		assertThat(this.config.state().snapshot().files()).isEmpty();
	}

	@Test
	void aChangeOfSameSizeAndTimeIsFound() throws IOException {
		Path file = write("orders.yml", "a: 1");
		FileTime modified = Files.getLastModifiedTime(file);
		this.config.scan();
		String before = this.config.revision("orders", "default");
		write("orders.yml", "a: 2");
		Files.setLastModifiedTime(file, modified);
		this.config.scan();
		assertThat(this.config.revision("orders", "default")).isNotEqualTo(before);
	}

	@Test
	void listenersHearOfChangesOnly() throws IOException {
		write("orders.yml", "a: 1");
		this.config.scan();
		this.config.scan();
		this.config.scan();
		assertThat(this.changes).hasValue(1);
	}

	@Test
	void hiddenAndBackupFilesAreNotServed() throws IOException {
		write(".orders.yml.swp", "a: 1");
		write(".orders.yml", "a: 1");
		write("orders.yml~", "a: 1");
		write("notes.txt", "a: 1");
		Files.createDirectory(this.directory.resolve("sub.yml"));
		this.config.scan();
		assertThat(this.config.state().snapshot().files()).isEmpty();
	}

	@Test
	void aLinkOutOfTheDirectoryIsNotServed() throws IOException {
		Path secret = Files.writeString(this.root.resolve("secret.yml"), "a: secret");
		Files.createSymbolicLink(this.directory.resolve("orders.yml"), secret);
		this.config.scan();
		assertThat(this.config.state().snapshot().files()).isEmpty();
	}

	@Test
	void aLinkInsideTheDirectoryIsServedAsKubernetesMountsIt() throws IOException {
		Path version = Files.createDirectory(this.directory.resolve("..2026_11_20"));
		Files.writeString(version.resolve("orders.yml"), "a: 1");
		Files.createSymbolicLink(this.directory.resolve("..data"), Path.of("..2026_11_20"));
		Files.createSymbolicLink(this.directory.resolve("orders.yml"), Path.of("..data/orders.yml"));
		this.config.scan();
		assertThat(this.config.state().snapshot().files()).containsOnlyKeys("orders.yml");
	}

	@Test
	void aFileThatIsTooLargeIsAFault() throws IOException {
		write("orders.yml", "a: " + "x".repeat(1000));
		this.config.scan();
		assertThat(this.config.state().snapshot().files().get("orders.yml").fault()).contains("larger than 1000");
	}

	@Test
	void whileTheDirectoryIsAwayNothingIsServedAndNoRevisionIsKnown() throws IOException {
		write("orders.yml", "a: 1");
		this.config.scan();
		String before = this.config.revision("orders", "default");
		Path away = this.root.resolve("away");
		Files.move(this.directory, away);
		this.config.scan();
		assertThat(this.config.state().fault()).isNotNull();
		assertThat(this.config.revision("orders", "default")).isNull();
		Files.move(away, this.directory);
		this.config.scan();
		assertThat(this.config.revision("orders", "default")).isEqualTo(before);
	}

	private Path write(String name, String text) throws IOException {
		return Files.writeString(this.directory.resolve(name), text);
	}

}
