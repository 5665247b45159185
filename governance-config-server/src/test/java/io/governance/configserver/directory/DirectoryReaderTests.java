// SPDX-License-Identifier: Apache-2.0

package io.governance.configserver.directory;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DirectoryReaderTests {

	@TempDir
	Path directory;

	@Test
	void aListingThatBreaksOffIsAFaultOfTheDirectory() {
		IOException fault = new IOException("Input/output error");
		assertThatThrownBy(() -> reader().stamps(this.directory, () -> {
			throw new DirectoryIteratorException(fault);
		})).isSameAs(fault);
	}

	@Test
	void servedFilesAreListed() throws IOException {
		Files.writeString(this.directory.resolve("orders.yml"), "a: 1");
		Files.writeString(this.directory.resolve("notes.txt"), "a: 1");
		assertThat(reader().list()).containsOnlyKeys("orders.yml");
	}

	private DirectoryReader reader() {
		return new DirectoryReader(this.directory, 1000);
	}

}
