// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.kv;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps the key/value store in a file. A write replaces the file in one step, so that a
 * crash leaves the old content or the new one. Not thread-safe.
 */
public final class SnapshotFile {

	private static final int FORMAT = 1;

	private final Path path;

	private final JsonMapper json = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
		.build();

	private KeyValueState written = KeyValueState.EMPTY;

	/**
	 * A snapshot at a place.
	 * @param path the file; it need not exist yet
	 */
	public SnapshotFile(Path path) {
		this.path = path.toAbsolutePath();
	}

	/**
	 * Reads the file.
	 * @return the content, or nothing at all when there is no file
	 * @throws SnapshotException when there is a file that cannot be read or understood
	 */
	public KeyValueState load() {
		if (!Files.exists(this.path)) {
			return KeyValueState.EMPTY;
		}
		try {
			this.written = state(this.json.readValue(Files.readAllBytes(this.path), Content.class));
			return this.written;
		}
		catch (IOException | JacksonException | NullPointerException ex) {
			throw new SnapshotException(
					"snapshot file: " + this.path
							+ " (expected: a file written by this program; move it away to start with an empty store)",
					ex);
		}
	}

	/**
	 * Writes the file if the state is not the one last read or written.
	 * @param state the state to keep
	 * @throws SnapshotException when it cannot be written; the old file stays
	 */
	public void save(KeyValueState state) {
		if (state == this.written) {
			return;
		}
		Content content = new Content(FORMAT, state.index(), List.copyOf(state.entries().values()));
		Path draft = this.path.resolveSibling(this.path.getFileName() + ".tmp");
		try {
			Path directory = this.path.getParent();
			if (directory != null) {
				Files.createDirectories(directory);
			}
			writeDurably(draft, this.json.writeValueAsBytes(content));
			Files.move(draft, this.path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			throw new SnapshotException("snapshot file: " + this.path + " (expected: a place to write to)", ex);
		}
		this.written = state;
	}

	/** What is missing in the JSON is null here, whatever the types say. */
	private static KeyValueState state(@Nullable Content content) throws IOException {
		if (Objects.requireNonNull(content, "no content").format() != FORMAT) {
			throw new IOException("format " + content.format());
		}
		TreeMap<String, KeyValue> entries = new TreeMap<>();
		for (KeyValue entry : Objects.requireNonNull(content.entries(), "no entries")) {
			Objects.requireNonNull(entry.value(), "no value");
			entries.put(Objects.requireNonNull(entry.key(), "no key"), entry);
		}
		return new KeyValueState(entries, new TreeMap<>(), content.index(), content.index());
	}

	private static void writeDurably(Path file, byte[] bytes) throws IOException {
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
				StandardOpenOption.TRUNCATE_EXISTING)) {
			ByteBuffer buffer = ByteBuffer.wrap(bytes);
			while (buffer.hasRemaining()) {
				channel.write(buffer);
			}
			channel.force(true);
		}
	}

	private record Content(int format, long index, @Nullable List<KeyValue> entries) {
	}

}
