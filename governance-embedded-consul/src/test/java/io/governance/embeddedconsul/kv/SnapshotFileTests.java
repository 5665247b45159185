// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.kv;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SnapshotFileTests {

	@TempDir
	private Path directory;

	@Test
	void whatWasSavedIsLoaded() {
		KeyValueState state = state(new KeyValue("dir/ä", "dmFsdWU=", -1, 3, 9), new KeyValue("key", "", 0, 4, 4));
		new SnapshotFile(file()).save(state);
		KeyValueState loaded = new SnapshotFile(file()).load();
		assertThat(loaded.entries()).isEqualTo(state.entries());
		assertThat(loaded.index()).isEqualTo(9);
	}

	@Test
	void noFileIsAnEmptyStore() {
		assertThat(new SnapshotFile(file()).load()).isSameAs(KeyValueState.EMPTY);
	}

	@Test
	void directoriesAreMadeAndNoDraftIsLeftBehind() throws IOException {
		Path deep = this.directory.resolve("a/b/kv.json");
		new SnapshotFile(deep).save(state(new KeyValue("key", "", 0, 1, 1)));
		try (var files = Files.list(deep.getParent())) {
			assertThat(files).containsExactly(deep);
		}
	}

	@Test
	void aStateIsWrittenOnce() throws IOException {
		SnapshotFile snapshot = new SnapshotFile(file());
		KeyValueState state = state(new KeyValue("key", "", 0, 1, 1));
		snapshot.save(state);
		Files.setLastModifiedTime(file(), FileTime.fromMillis(0));
		snapshot.save(state);
		assertThat(Files.getLastModifiedTime(file()).toMillis()).isZero();
	}

	@Test
	void aLoadedStateIsNotWrittenBack() throws IOException {
		new SnapshotFile(file()).save(state(new KeyValue("key", "", 0, 1, 1)));
		Files.setLastModifiedTime(file(), FileTime.fromMillis(0));
		SnapshotFile snapshot = new SnapshotFile(file());
		snapshot.save(snapshot.load());
		assertThat(Files.getLastModifiedTime(file()).toMillis()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "[]", "{}", "null", "{\"format\":2,\"index\":1,\"entries\":[]}",
			"{\"format\":1,\"index\":1}", "{\"format\":1,\"index\":1,\"entries\":[{\"key\":null}]}",
			"{\"format\":1,\"index\":1,\"entries\":[{\"value\":\"\",\"flags\":0,\"createIndex\":1,\"modifyIndex\":1}]}" })
	void aBrokenFileIsNamed(String content) throws IOException {
		Files.writeString(file(), content);
		assertThatExceptionOfType(SnapshotException.class).isThrownBy(() -> new SnapshotFile(file()).load())
			.withMessageStartingWith("snapshot file: " + file())
			.withMessageContaining("(expected: a file written by this program");
		assertThat(file()).hasContent(content);
	}

	@Test
	void aPlaceThatCannotBeWrittenIsNamed() throws IOException {
		Files.writeString(this.directory.resolve("file"), "");
		Path below = this.directory.resolve("file/kv.json");
		assertThatExceptionOfType(SnapshotException.class)
			.isThrownBy(() -> new SnapshotFile(below).save(state(new KeyValue("key", "", 0, 1, 1))))
			.withMessageStartingWith("snapshot file: " + below);
	}

	private Path file() {
		return this.directory.resolve("kv.json");
	}

	private static KeyValueState state(KeyValue... entries) {
		TreeMap<String, KeyValue> byKey = new TreeMap<>();
		List.of(entries).forEach((entry) -> byKey.put(entry.key(), entry));
		long index = byKey.values().stream().mapToLong(KeyValue::modifyIndex).max().orElse(0);
		return new KeyValueState(byKey, new TreeMap<>(), 0, index);
	}

}
